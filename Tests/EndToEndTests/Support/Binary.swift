import Foundation
import Testing

/// The binary under test, and one run of it to its end.
enum Binary {
  /// `$MIDWATCH_BINARY`, else the debug build beside the sources.
  static let path: String = {
    if let named = ProcessInfo.processInfo.environment["MIDWATCH_BINARY"] { return named }
    return Project.root + "/.build/debug/midwatch"
  }()

  struct Outcome {
    let status: Int32
    let out: String
    let err: String
  }

  /// Runs `midwatch` with these arguments in a clean environment; ends it after a minute.
  static func run(_ arguments: [String], environment: [String: String] = [:], in folder: String? = nil) throws -> Outcome {
    try Child.run(path, arguments, environment: Sandbox.clean.merging(environment) { $1 }, in: folder)
  }
}

enum Project {
  static let root: String = {
    var url = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { url.deleteLastPathComponent() }
    return url.path
  }()
}

/// Other programs, run to their end.
enum Child {
  static func run(
    _ program: String, _ arguments: [String], environment: [String: String], in folder: String? = nil
  ) throws -> Binary.Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = environment
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    let out = Pipe()
    let err = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = out
    process.standardError = err
    try process.run()
    let watchdog = DispatchWorkItem { if process.isRunning { process.terminate() } }
    DispatchQueue.global().asyncAfter(deadline: .now() + 150, execute: watchdog)
    defer { watchdog.cancel() }
    let reading = DispatchGroup()
    let errors = Collected()
    DispatchQueue.global().async(group: reading) { errors.data = err.fileHandleForReading.readDataToEndOfFile() }
    let output = out.fileHandleForReading.readDataToEndOfFile()
    reading.wait()
    process.waitUntilExit()
    let ended = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    return Binary.Outcome(
      status: ended, out: String(decoding: output, as: UTF8.self), err: String(decoding: errors.data, as: UTF8.self))
  }

  private final class Collected: @unchecked Sendable {
    var data = Data()
  }
}
