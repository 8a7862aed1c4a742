import Foundation
import Synchronization
import Transfer
import Values
import Wire

/// Runs processes and waits for their ends.
final class Runner {
  private let ends = Mailbox<(id: TransferID, end: Result<ProcessEnd, Failure>)>()
  let processes: Processes
  private var last: UInt64 = 0

  init(atOnce: Int = 16) {
    let ends = self.ends
    processes = Processes(atOnce: atOnce) { ends.post(($0, $1)) }
  }

  @discardableResult
  func start(
    _ words: [String], listener: Processes.Listener? = nil,
    _ change: (inout ProcessRequest) -> Void = { _ in }
  ) -> TransferID {
    last += 1
    var request = ProcessRequest(words: words)
    request.timeout = .seconds(60)
    change(&request)
    processes.start(request, id: TransferID(last), listener: listener)
    return TransferID(last)
  }

  /// The next ends, in the order in which they came.
  func results(_ count: Int) -> [(id: TransferID, end: Result<ProcessEnd, Failure>)] {
    var all: [(id: TransferID, end: Result<ProcessEnd, Failure>)] = []
    while all.count < count {
      _ = ends.wait(timeout: nil)
      all += ends.drain()
    }
    return all
  }

  func result(_ words: [String], _ change: (inout ProcessRequest) -> Void = { _ in }) -> Result<
    ProcessEnd, Failure
  > {
    start(words, change)
    return results(1).first?.end ?? .failure(Failure(.other, reason: "no end"))
  }

  func end(_ words: [String], _ change: (inout ProcessRequest) -> Void = { _ in }) throws -> ProcessEnd {
    try result(words, change).get()
  }

  func shell(_ script: String, _ change: (inout ProcessRequest) -> Void = { _ in }) throws -> ProcessEnd {
    try end(["/bin/sh", "-c", script], change)
  }

  func failure(_ words: [String], _ change: (inout ProcessRequest) -> Void = { _ in }) -> Failure? {
    guard case .failure(let failure) = result(words, change) else { return nil }
    return failure
  }
}

extension ProcessEnd {
  var text: String { String(decoding: output, as: UTF8.self) }
  var errorText: String { String(decoding: errors, as: UTF8.self) }
}

/// Whether a process of that number is there, a zombie included.
func isThere(_ number: Int32) -> Bool { kill(number, 0) == 0 }

/// Whether the process is there and not yet a zombie.
func isAlive(_ number: Int32) -> Bool {
  guard let stat = try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8) else { return false }
  return !(stat.split(separator: ")").last?.hasPrefix(" Z") ?? true)
}

/// Waits until a condition holds, a minute at most.
func eventually(_ condition: () -> Bool) -> Bool {
  let limit = ContinuousClock.now + .seconds(60)
  while !condition() {
    guard ContinuousClock.now < limit else { return false }
    poll(nil, 0, 5)
  }
  return true
}
