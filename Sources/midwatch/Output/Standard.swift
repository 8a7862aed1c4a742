import ArgumentParser
import Foundation
import Host

/// Standard output and error, and what their ends mean.
enum Standard {
  static func out(_ text: String) {
    write(text.hasSuffix("\n") ? text : text + "\n")
  }

  static func write(_ text: String) {
    write(Array(text.utf8))
  }

  /// Bytes as they are. Where they cannot be written that is told, and the process ends with status 1: who asked
  /// for them has not got them.
  static func write(_ bytes: [UInt8]) {
    let failure = StandardStream.standard.write(bytes)
    guard failure != 0 else { return }
    error(
      "Standard output cannot be written: \(String(cString: strerror(failure))). What it told is lost, not what it did."
    )
    exit(1)
  }

  static func error(_ text: String) {
    _ = StandardStream.error.write(Array("midwatch: \(text)\n".utf8))
  }

  /// Lines on standard error as they are, for answers that are not about midwatch itself.
  static func plainError(_ text: String) {
    _ = StandardStream.error.write(Array((text.hasSuffix("\n") ? text : text + "\n").utf8))
  }

  /// Runs `body`; what it throws is told as its sentence, with `status` as the exit status.
  static func telling(status: Int32 = 1, _ body: () throws -> Void) throws {
    do {
      try body()
    } catch let exit as ExitCode {
      throw exit
    } catch let error as ValidationError {
      throw error
    } catch {
      Self.error(Sentence.of(error))
      throw ExitCode(status)
    }
  }

  /// One JSON document, snake_case, sorted keys.
  static func json(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    out(String(decoding: try encoder.encode(value), as: UTF8.self))
  }
}
