import Foundation
import Glibc

/// Questions as JSON objects on standard input, one a line, and an answer of one line for each at once.
enum JSONLines {
  /// Why a line has no answer but this; it does not stop the next.
  struct Refusal: Error {
    let sentence: String

    init(_ sentence: String) { self.sentence = sentence }
  }

  /// Answers until the end of the input.
  ///
  /// - Parameter answer: gets a line's object; its answer is printed with the keys in order. What it throws is
  ///   `err` beside `"ok": false`.
  static func answer(_ answer: ([String: Any]) throws(Refusal) -> [String: Any]) {
    guard let input = fdopen(STDIN_FILENO, "r") else { return }
    var buffer: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(buffer) }
    var number = 0
    while true {
      let length = getline(&buffer, &capacity, input)
      guard length >= 0, let buffer else { return }
      number += 1
      let line = Data(bytes: buffer, count: length)
      do throws(Refusal) {
        let object = (try? JSONSerialization.jsonObject(with: line)) as? [String: Any]
        guard let object else {
          let isText = line.withUnsafeBytes { String(validating: $0, as: UTF8.self) } != nil
          throw Refusal("line \(number) is \(isText ? "no JSON object" : "not UTF-8")")
        }
        write(try answer(object))
      } catch {
        write(["ok": false, "err": error.sentence])
      }
    }
  }

  private static func write(_ object: [String: Any]) {
    let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
    guard let line = try? JSONSerialization.data(withJSONObject: object, options: options) else { return }
    Standard.write(Array(line) + [UInt8(ascii: "\n")])
  }
}

extension [String: Any] {
  /// The text under `key`.
  func text(_ key: String) throws(JSONLines.Refusal) -> String {
    guard let text = self[key] as? String else { throw JSONLines.Refusal("there is no text \"\(key)\"") }
    return text
  }
}
