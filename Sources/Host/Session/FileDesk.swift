import Incidents
import Transfer
import Values

/// Writes what a console saves, each file on a thread of its own: the screen waits for no disk.
package final class FileDesk: Sendable {
  package typealias Answer = @Sendable (_ id: Int, _ path: Result<String, any Error>) -> Void

  private let answer: Answer

  /// `answer` runs once for each file, on the thread that wrote it.
  package init(answer: @escaping Answer) {
    self.answer = answer
  }

  /// Never blocks. `write` returns the path of what it wrote.
  package func run(_ id: Int, _ write: @escaping @Sendable () throws -> String) {
    let answer = answer
    let worker = Worker(name: "file") { answer(id, Result { try write() }) }
    if worker == nil { answer(id, .failure(Refusal("The system has no thread left to write with."))) }
  }
}
