import Foundation
import Incidents
import Playbooks
import Testing
import Values

@testable import Host

/// A runner with a state folder of its own, and what it told.
final class CommandBench {
  let folder: TestFolder
  let runner: CommandRunner
  private let heard = Heard<CommandNews>()

  init(grace: Span = .seconds(20), refusal: String? = nil) throws {
    folder = try TestFolder()
    let mailbox = heard.mailbox
    runner = CommandRunner(
      state: folder.path, grace: grace, permission: { _ in refusal.map { Refusal($0) } },
      tell: { mailbox.post($0) })
  }

  deinit { runner.stop() }

  /// The first command of a playbook whose only step is this text.
  ///
  /// - Parameters:
  ///   - front: lines of the front matter.
  ///   - step: settings of the step, each a line.
  static func order(
    _ command: String, id: String = UUID().uuidString.lowercased(), front: [String] = [], step: [String] = [],
    values: [String: RunValue] = [:], mode: CommandStarted.Mode = .once, directory: String = "/"
  ) throws -> CommandOrder {
    var lines = ["---"] + front
    if !step.isEmpty { lines += ["steps:", "  Do it:"] + step.map { "    " + $0 } }
    lines += ["---", "# Test", "", "1. Do it", "", "   ```sh"]
    lines += command.split(separator: "\n", omittingEmptySubsequences: false).map { "   " + $0 } + ["   ```"]
    var problems: [Problem] = []
    let document = PlaybookDocument(
      lines.joined(separator: "\n") + "\n", file: "test.md", problems: &problems)
    try #require(problems.isEmpty, "\(problems)")
    let setting = CommandPlan.Setting(
      values: values, declared: Set(values.keys), directory: directory, target: "shop")
    let first = try #require(document.steps.first { !$0.commands.isEmpty })
    try #require(first.commands.count == 1, "the text is more than one command")
    let plan = try CommandPlan.make(first, 0, of: document, in: nil, setting).get()
    return CommandOrder(id: id, run: "R-1", mode: mode, plan: plan)
  }

  /// Runs it to its end.
  func run(_ order: CommandOrder, patience: Duration = .seconds(60)) throws -> CommandNews {
    runner.run(order)
    return try end(of: order, patience: patience)
  }

  func end(of order: CommandOrder, patience: Duration = .seconds(60)) throws -> CommandNews {
    try heard.first("the end of \(order.plan.text.shown)", patience: patience) {
      $0.id == order.id && $0.report != nil ? $0 : nil
    }
  }

  func news(of order: CommandOrder, _ what: String, _ holds: (CommandNews) -> Bool) throws -> CommandNews {
    try heard.first(what) { $0.id == order.id && holds($0) ? $0 : nil }
  }

  func reports(of order: CommandOrder) -> Int {
    heard.items.count { $0.id == order.id && $0.report != nil }
  }
}

extension CommandNews {
  var text: String { output.text }
}

extension CommandReport {
  var outputText: String { String(decoding: output, as: UTF8.self) }
}
