import Incidents
import Values

/// A run as a document: what was done on each step, by whom, when and why, with what its commands wrote.
package struct RunReport: Sendable {
  /// Where the record stood when it was made.
  package typealias Stamp = RecordStamp

  let run: Run
  let document: PlaybookDocument
  /// What commands wrote, by the digests under which it is kept; what is not here is not kept any more.
  let outputs: [String: String]
  /// What somebody attached of it as evidence.
  let evidence: [AttachedEvidence]
  let stamp: Stamp
  let made: Instant

  /// - Parameter document: made of the text that the run goes by.
  package init(
    _ run: Run, of document: PlaybookDocument, outputs: [String: String],
    evidence: [AttachedEvidence] = [], stamp: Stamp, made: Instant
  ) {
    self.run = run
    self.document = document
    self.outputs = outputs
    self.evidence = evidence
    self.stamp = stamp
    self.made = made
  }

  /// Digests of the outputs that it would show.
  package static func wanted(of run: Run) -> Set<String> {
    Set(run.executions.compactMap { $0.finished?.output?.sha256 })
  }
}
