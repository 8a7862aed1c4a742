package import Values
internal import Wire

/// A trace to read, from top to bottom in the order in which it happened.
extension ProbeTrace {
  /// Lines of the body that are shown.
  private static let bodyLines = 12

  /// - Parameter now: what certificates are held against.
  package func lines(at now: Instant) -> [TraceLine] {
    [verdict] + way(at: now) + body + outcome
  }

  private var verdict: TraceLine {
    let name = Inert.terminal(endpoint)
    let took = Figure(phases.total, unit: .seconds)
    if isUnknown {
      return TraceLine(
        .unknown, "\(name): not known: \(Inert.terminal(reason ?? "it does not say")), after \(took)")
    }
    if let reason { return TraceLine(.bad, "\(name): \(Inert.terminal(reason)), after \(took)") }
    return TraceLine(.good, "\(name): \(code.map { "\($0) " } ?? "")in \(took)")
  }

  /// Each request with its answer; where there was none of HTTP, the connection.
  private func way(at now: Instant) -> [TraceLine] {
    guard hops.isEmpty else {
      return hops.indices.flatMap { way(of: hops[$0], redirect: $0, at: now) }
    }
    var lines = [TraceLine(.heading, "\(kind) \(Inert.terminal(target))")]
    lines += connection(address, phases, session, at: now)
    if let dnsCode {
      lines.append(TraceLine(.plain, "the name server says \(Inert.terminal(dnsCode))", depth: 1))
    }
    return lines
  }

  private func way(of hop: Hop, redirect: Int, at now: Instant) -> [TraceLine] {
    let request = Inert.terminal("\(hop.method) \(hop.url)")
    var lines = [TraceLine(.heading, redirect == 0 ? request : "redirect \(redirect): \(request)")]
    lines += connection(hop.address, hop.phases, hop.session, at: now)
    lines += hop.sent.map { line(.sent, "> ", $0) }
    if hop.status > 0 { lines.append(TraceLine(.plain, "< status \(hop.status)", depth: 1)) }
    lines += hop.received.map { line(.received, "< ", $0) }
    return lines
  }

  private func line(_ role: TraceLine.Role, _ arrow: String, _ header: Header) -> TraceLine {
    TraceLine(role, arrow + Inert.terminal("\(header.name): \(header.value)"), depth: 1)
  }

  private func connection(
    _ address: String, _ phases: Phases, _ session: TLSSession?, at now: Instant
  ) -> [TraceLine] {
    let parts = [
      ("resolve", phases.resolve), ("connect", phases.connect), ("tls", phases.tls),
      ("first byte", phases.processing), ("transfer", phases.transfer),
    ].filter { $0.1 > 0 }.map { "\($0.0) \(Figure($0.1, unit: .seconds))" }
    var lines = [
      TraceLine(
        .plain, (parts + ["\(Figure(phases.total, unit: .seconds)) in all"]).joined(separator: " · "),
        depth: 1)
    ]
    if !address.isEmpty {
      lines.append(TraceLine(.plain, "connected to \(Inert.terminal(address))", depth: 1))
    }
    if let session { lines += handshake(session, at: now) }
    return lines
  }

  private func handshake(_ session: TLSSession, at now: Instant) -> [TraceLine] {
    let agreed = [session.version, session.cipher].filter { !$0.isEmpty }.joined(separator: ", ")
    var lines = agreed.isEmpty ? [] : [TraceLine(.plain, Inert.terminal(agreed), depth: 1)]
    if isUnverified {
      lines.append(TraceLine(.bad, "the certificate was not verified (verify: false)", depth: 1))
    }
    for (index, certificate) in session.chain.enumerated() {
      let names = certificate.names.isEmpty ? "" : ", for \(certificate.names.joined(separator: ", "))"
      let text =
        "certificate \(index + 1): \(certificate.subject), issued by \(certificate.issuer), from"
        + " \(certificate.begins.dateClockUTC) to \(certificate.expires.dateClockUTC)"
        + " (\(Shown.lifetime(certificate.expires - now)))\(names)"
      let isValid = certificate.begins <= now && now < certificate.expires
      lines.append(TraceLine(isValid ? .plain : .bad, Inert.terminal(text), depth: 1))
    }
    return lines
  }

  private var body: [TraceLine] {
    guard answerBytes > 0 else { return [] }
    let lines = Inert.terminalLines(answer)
    let shown = lines.prefix(Self.bodyLines)
    let isWhole = shown.count == lines.count && answer.utf8.count >= answerBytes
    return [TraceLine(.plain, "body, \(answerBytes) bytes\(isWhole ? "" : ", the beginning"):", depth: 1)]
      + shown.map { TraceLine(.aside, $0, depth: 2) }
  }

  private var outcome: [TraceLine] {
    checks.map { check in
      let text = Inert.terminal(check.text)
      return check.passed
        ? TraceLine(.good, text, depth: 1)
        : TraceLine(.bad, "\(text): it is \(check.actual), expected \(check.expected)", depth: 1)
    } + [TraceLine(.aside, "\(series) series", depth: 1)]
  }
}
