import Fuzzing
import Glibc

// The hooks of libFuzzer (LLVM's documentation, "Fuzz Target"), which brings the main function; so this target
// is built by scripts/fuzz alone. MIDWATCH_FUZZ_EXERCISE names the reader; with MIDWATCH_FUZZ_GROWTH the seeds
// that are given are grown instead.

/// The reader under test, from the environment.
private let exercise: Exercise = {
  guard let name = getenv("MIDWATCH_FUZZ_EXERCISE").map({ String(cString: $0) }),
    let exercise = Exercise(rawValue: name)
  else {
    print(
      "Set MIDWATCH_FUZZ_EXERCISE to one of \(Exercise.allCases.map(\.rawValue).joined(separator: ", ")).")
    exit(64)
  }
  return exercise
}()

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<Int32>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

/// SwiftPM gives the main function this name, and has the linker look for it.
@_cdecl("Fuzz_main")
public func main(
  _ count: Int32, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
) -> Int32 {
  if getenv("MIDWATCH_FUZZ_GROWTH") != nil { return grow() }
  var count = count
  var arguments = arguments
  return runDriver(&count, &arguments, testOneInput)
}

private func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  do {
    try exercise.run(Array(UnsafeBufferPointer(start: start, count: count)))
  } catch {
    fatalError("\(exercise.rawValue): \(error)")
  }
  return 0
}

/// Grows the seeds that are given; 1 when one of them costs too much.
private func grow() -> Int32 {
  let growth = Growth(exercise) {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
  var found = 0
  for path in CommandLine.arguments.dropFirst() {
    for finding in growth.findings(of: contents(of: path)) {
      print(finding)
      found += 1
    }
  }
  print("\(exercise.rawValue): \(found) of \(CommandLine.arguments.count - 1) seeds grow out of proportion")
  return found == 0 ? 0 : 1
}

private func contents(of path: String) -> [UInt8] {
  guard let file = fopen(path, "rb") else { return [] }
  defer { fclose(file) }
  var bytes = [UInt8](repeating: 0, count: 65_536)
  let count = fread(&bytes, 1, bytes.count, file)
  return Array(bytes.prefix(count))
}
