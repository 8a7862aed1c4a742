import Incidents
import Values

/// Reads a draft as a stranger would at night: is it clear, does it keep its promise, does it tell more than
/// it should?
package struct DraftCheck: Equatable, Sendable {
  /// In characters; nil does not ask.
  package var limit: Int?
  package var severity: Severity?
  /// Links that may stand in the text: the system's own.
  package var links: [String] = []
  /// Hosts that must not: those of the system's endpoints.
  package var hosts: [String] = []
  package var secrets: [Secret] = []

  package init(
    limit: Int? = nil, severity: Severity? = nil, links: [String] = [], hosts: [String] = [],
    secrets: [Secret] = []
  ) {
    self.limit = limit
    self.severity = severity
    self.links = links
    self.hosts = hosts
    self.secrets = secrets
  }

  package func findings(of draft: Draft, nextUpdate: Instant?) -> [Finding] {
    findings(
      subject: draft.subject, text: draft.text, audience: draft.audience, stage: draft.stage,
      nextUpdate: nextUpdate)
  }

  /// Errors first, then warnings, then what is well.
  package func findings(
    subject: String, text: String, audience: String, stage: Stage, nextUpdate: Instant?
  ) -> [Finding] {
    let whole = subject + "\n" + text
    var findings = unfilled(whole)
    findings += [content(subject: subject, text: text)].compactMap { $0 }
    findings += [PromiseCheck.finding(in: text, promise: nextUpdate, stage: stage)]
    findings += VagueWords.findings(in: whole)
    if Audience.isOutward(audience) { findings += outward(whole) }
    findings += length(subject: subject, text: text)
    if let finding = impact(text, stage: stage) { findings.append(finding) }
    if Audience.isOutward(audience), let severity, severity != .s1,
      whole.lowercased().split(whereSeparator: { !$0.isLetter }).contains("outage")
    {
      findings.append(Finding(.warning, "\"outage\" says that nothing works; say what does not."))
    }
    let order: [Finding.Mark] = [.error, .warning, .good]
    return order.flatMap { mark in findings.filter { $0.mark == mark } }
  }

  private func unfilled(_ whole: String) -> [Finding] {
    let names = Unfilled.names(in: whole)
    if names.isEmpty, whole.contains("{{") {
      return [Finding(.error, "A field's braces {{ are left in the text.")]
    }
    return names.map { Finding(.error, "{{\($0)}} is unfilled.") }
  }

  private func content(subject: String, text: String) -> Finding? {
    if text.allSatisfy(\.isWhitespace) { return Finding(.error, "The text is empty.") }
    if subject.allSatisfy(\.isWhitespace) { return Finding(.warning, "The subject is empty.") }
    return nil
  }

  private func impact(_ text: String, stage: Stage) -> Finding? {
    guard stage.asksForNext || stage == .resolved else { return nil }
    let line = text.split(whereSeparator: \.isNewline).first { $0.lowercased().hasPrefix("impact:") }
    let says = line?.dropFirst("impact:".count).contains { !$0.isWhitespace } ?? false
    return says
      ? Finding(.good, "The impact is named.")
      : Finding(.warning, "Say what people notice: no line begins with \"Impact:\".")
  }

  private func length(subject: String, text: String) -> [Finding] {
    var findings: [Finding] = []
    if subject.count > 255 {
      findings.append(Finding(.error, "The subject has \(subject.count) characters; 255 fit."))
    }
    if let limit {
      findings.append(
        text.count > limit
          ? Finding(.error, "The text has \(text.count) characters; \(limit) fit.")
          : Finding(.good, "\(text.count) of \(limit) characters."))
    }
    return findings
  }

  private func outward(_ whole: String) -> [Finding] {
    let found = InnerDetails.findings(in: whole, links: links, hosts: hosts, secrets: secrets)
    return found.isEmpty ? [Finding(.good, "No host names, ids or secrets.")] : found
  }
}
