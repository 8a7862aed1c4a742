import Foundation
import Terminal
import Testing

/// Compares a frame with the file of that name under `Golden/`. With `MIDWATCH_GOLDEN=write` in the
/// environment it writes the file instead, to be looked at before it is committed.
func expectGolden(
  _ frame: Frame, _ name: String, file: String = #filePath, location: SourceLocation = #_sourceLocation
) throws {
  try expectGolden(
    frame.text, "\(name)-\(frame.size.width)x\(frame.size.height)", file: file, location: location)
}

/// The same for any text.
func expectGolden(
  _ text: String, _ name: String, file: String = #filePath, location: SourceLocation = #_sourceLocation
) throws {
  let folder = URL(filePath: file).deletingLastPathComponent().appending(path: "Golden")
  let url = folder.appending(path: "\(name).txt")
  let shown = text + "\n"
  if ProcessInfo.processInfo.environment["MIDWATCH_GOLDEN"] == "write" {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try shown.write(to: url, atomically: true, encoding: .utf8)
    return
  }
  let wanted = try String(contentsOf: url, encoding: .utf8)
  guard wanted != shown else { return }
  let pairs = zip(lines(wanted), lines(shown)).enumerated().filter { $0.element.0 != $0.element.1 }
  let told = pairs.prefix(8).map { "\($0.offset + 1)\n- \($0.element.0)\n+ \($0.element.1)" }
  Issue.record(
    "\(url.lastPathComponent) differs at line \(told.joined(separator: "\n"))", sourceLocation: location)
}

private func lines(_ text: String) -> [String] {
  text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
}
