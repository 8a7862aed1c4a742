import Glibc
import Values
import Watch

/// The one reader of clocks; everything below the executable is told the time.
package enum Clock {
  package static func now() -> Instant {
    Instant(milliseconds: read(CLOCK_REALTIME))
  }

  /// Both clocks at once, as the engine wants them.
  package static func moment() -> Moment {
    var moment = Moment(now())
    // Whoever is put aside between two readings would take that for a clock that was set.
    for _ in 0..<10 {
      let before = read(CLOCK_MONOTONIC)
      let boot = read(CLOCK_BOOTTIME)
      let wall = now()
      let after = read(CLOCK_MONOTONIC)
      moment = Moment(
        wall: wall, uptime: Uptime(milliseconds: after), asleep: .milliseconds(max(0, boot - before)))
      if after - before <= 20 { break }
    }
    return moment
  }

  /// The clock that only goes forward, for waiting.
  package static func steady() -> Uptime { Uptime(milliseconds: read(CLOCK_MONOTONIC)) }

  /// Seconds on that clock, to a nanosecond: for measuring how long something takes.
  package static func seconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private static func read(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  /// Resident memory of this process.
  package static var residentBytes: Int? {
    guard let file = fopen("/proc/self/statm", "r") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, Int32(line.count), file) != nil else { return nil }
    let words = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self).split(
      separator: " ")
    return words.dropFirst().first.flatMap { Int($0) }.map { $0 * Int(sysconf(Int32(_SC_PAGESIZE))) }
  }

  /// Seconds of processor that this process has used, of user and kernel.
  package static var processorSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  package static var processID: Int32 { getpid() }

  /// The local zone at `instant`: seconds ahead of UTC, and its name such as `CEST`.
  package static func zone(at instant: Instant) -> (offset: Int, name: String) {
    var seconds = time_t(instant.milliseconds / 1000)
    var local = tm()
    localtime_r(&seconds, &local)
    let name = local.tm_zone.map { String(cString: $0) } ?? "UTC"
    return (local.tm_gmtoff, name)
  }
}
