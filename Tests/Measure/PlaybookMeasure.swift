import Console
import Incidents
import Playbooks
import Systems
import Terminal
import Values

/// What a long runbook costs: reading it, and each redraw while somebody steps through it.
struct PlaybookMeasure {
  let lines: Int

  private static let rounds = 15
  private static let size = Size(width: 120, height: 40)

  func run() throws {
    let text = Self.runbook(lines: lines)
    var steps = 0
    var costs: [Double] = []
    for _ in 0..<Self.rounds {
      costs.append(
        Measure.seconds {
          var problems: [Problem] = []
          steps = PlaybookDocument(text, file: "long.md", problems: &problems).steps.count
        })
    }
    let count = Double(text.split(separator: "\n", omittingEmptySubsequences: false).count)
    try Measure.tell("playbook open", ["lines": count, "steps": Double(steps)], seconds: costs)
    try step(through: text, "playbook step", hasRun: false)
    try step(through: text, "playbook step of a run", hasRun: true)
  }

  /// A key, the view and what differs of it from the one before, from step to step.
  private func step(through text: String, _ work: String, hasRun: Bool) throws {
    let files = ["system.yaml": "title: Long\n", "long.md": text]
    let folder = SystemFolder.load(Folder(name: "long", files: files), environment: [:]).folder
    var console = Console(options: .init(handle: "bench"), folders: [folder], size: Self.size)
    var now = Self.start
    func press(_ key: Key) { _ = console.receive(.key(key), at: now) }
    if hasRun, let document = folder.playbook("long") {
      _ = console.receive(.ledger(try Self.ledger(halfway: document, in: folder.name)), at: now)
    }
    press(.character("4"))
    press(.enter)
    var before = console.view(at: now)
    guard before.text.contains(hasRun ? "R-1" : "1.1 ") else {
      throw Unmeasurable("it is not open: \(before.text)")
    }
    var costs: [Double] = []
    var changed = 0
    for _ in 0..<200 {
      now = now + .milliseconds(100)
      let cost = Measure.seconds {
        press(.character("j"))
        let frame = console.view(at: now)
        changed += zip(frame.cells, before.cells).count { $0 != $1 }
        before = frame
      }
      costs.append(cost)
    }
    guard changed > 0 else { throw Unmeasurable("nothing moved") }
    try Measure.tell(work, ["cells": Double(changed) / 200], seconds: costs)
  }

  private static let start = Instant(milliseconds: 1_700_000_000_000)

  /// What a journal has of a run of which half is done.
  private static func ledger(halfway document: PlaybookDocument, in system: String) throws -> Ledger {
    let actor = Actor(handle: "bench", host: "here", uid: 0)
    var record = OneRun()
    func perform(_ act: some Act) throws {
      for entry in try act.decide(by: actor, at: start, in: record).append {
        record.run.apply(
          Event(
            origin: "o", seq: 1, id: "e", kind: type(of: entry.fact).kind, version: 1, occurred: start,
            ended: nil, recorded: start, actor: actor, incident: nil, ticket: nil,
            body: try FactCoding.encode(entry.fact)))
      }
    }
    try perform(StartRun(document, system: system, sha256: document.digest))
    let order = record.run.order
    for step in order.prefix(order.count / 2) { try perform(TickStep(run: "R-1", step: step)) }
    var ledger = Ledger()
    ledger.runs = [record.run]
    ledger.snapshots = [document.digest: document.text]
    return ledger
  }

  private struct OneRun: Record {
    var run = Run(key: "R-1")

    func entity<F: Fold>(_ fold: F.Type, _ key: String) throws -> F? { run as? F }
    func open<F: Fold>(_ fold: F.Type) throws -> [String] { [] }
    func next(_ series: String) throws -> Int { 1 }
  }

  /// A runbook as teams write them, only longer: procedures, commands, tables, labels, notes and checklists.
  private static func runbook(lines wanted: Int) -> String {
    var lines = ["# A long runbook", "", "It has every procedure in one file.", ""]
    var part = 0
    while lines.count < wanted {
      part += 1
      lines += [
        "## Procedure \(part)", "", "When service-\(part) is slow:", "", "**Symptoms:** p95 above \(part) ms",
        "",
        "**Diagnosis:**", "", "1. Look at the `status` of service-\(part):", "", "   ```bash",
        "   # What runs", "   kubectl get pods --namespace <namespace> \\",
        "     --selector app=service-\(part)",
        "   curl https://service-\(part).example/health?id=[request-id]", "   ```", "",
        "2. Search its log for *timeouts* (see [the list](#procedure-1)).",
        "   - In production: `kubectl logs --tail=100 deploy/service-\(part)`",
        "   - Elsewhere: ask who runs it",
        "3. Compare with the figures:", "", "   | figure | usual |", "   |---|---|",
        "   | p95 | \(part) ms |",
        "   | errors | 0.1 % |", "", "**Solutions:**", "", "- If memory is short: give it more", "  ```sh",
        "  kubectl set resources deploy/service-\(part) --limits=memory=2Gi", "  ```",
        "- If a release broke it: roll back", "", "> Tell the owners of service-\(part).", "",
        "- [ ] the alert is resolved", "- [ ] the queue is empty", "",
      ]
    }
    return lines.prefix(wanted).joined(separator: "\n") + "\n"
  }
}
