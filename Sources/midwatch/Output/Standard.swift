import ArgumentParser
import Foundation
import Host

/// Standard output and error, and what their ends mean.
enum Standard {
  static func out(_ text: String) {
    FileHandle.standardOutput.write(Data((text.hasSuffix("\n") ? text : text + "\n").utf8))
  }

  static func error(_ text: String) {
    FileHandle.standardError.write(Data("midwatch: \(text)\n".utf8))
  }

  /// Lines on standard error as they are, for answers that are not about midwatch itself.
  static func plainError(_ text: String) {
    FileHandle.standardError.write(Data((text.hasSuffix("\n") ? text : text + "\n").utf8))
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
