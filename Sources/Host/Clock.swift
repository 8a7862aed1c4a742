import Glibc
import Values

/// The one reader of the wall clock; everything below the executable is told the time.
package enum Clock {
  package static func now() -> Instant {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
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
