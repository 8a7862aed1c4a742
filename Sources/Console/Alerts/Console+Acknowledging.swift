import Incidents
import Terminal
import Values

/// Acknowledging with a reason and for a time.
extension Console {
  mutating func openAcknowledgement() -> [Effect] {
    guard let identity = subjectAlert else { return [] }
    return open(
      .form(
        Form(
          .acknowledge(identity), title: "acknowledge \(identity.rule) of \(identity.system)",
          verb: "acknowledge",
          fields: [
            Form.Field(
              "for", "how long, until when", text: "2h",
              note: "30m, 2h, 06:00, tomorrow 06:00Z; empty: until it ends. Then nobody has it in hand again"),
            Form.Field("why", "why, or what you do", note: "everybody sees it beside the alert"),
          ])))
  }

  mutating func submitAcknowledgement(_ form: Form, _ identity: AlertIdentity, at now: Instant) -> [Effect] {
    let until = ComingTime.instant(form["for"], at: now, offset: world.zone?.offset ?? 0)
    guard form["for"].isEmpty || until != nil else {
      shell.overlay?.fail("That is no time; write 2h, 06:00, 06:00Z or tomorrow 06:00.")
      return []
    }
    let reason = form["why"]
    return perform(
      AcknowledgeAlert(identity, reason: reason.isEmpty ? nil : reason, until: until), on: identity.key,
      done: "acknowledged \(identity.rule)\(until.map { " until \($0.minuteUTC)" } ?? "")",
      undo: .acknowledgement(identity), closing: true)
  }

  func acknowledgementPreview(_ form: Form, at now: Instant) -> [(String, Style)] {
    if form["for"].isEmpty { return [("yours until the alert ends", .text)] }
    guard let until = ComingTime.instant(form["for"], at: now, offset: world.zone?.offset ?? 0) else {
      return [("that is no time", .due)]
    }
    guard until > now else { return [("until \(world.whole(until)), which is past", .due)] }
    return [("yours until \(world.whole(until)), \((until - now).whole) from now", .text)]
  }

  /// What a form that is open would do, as of now.
  mutating func settlePreview(at now: Instant) {
    guard case .form(var form) = shell.overlay else { return }
    switch form.purpose {
    case .silence(let identity): form.preview = silencePreview(form, of: identity.system, at: now)
    case .extendSilence(let key), .endSilence(let key): form.preview = extensionPreview(form, key, at: now)
    case .acknowledge: form.preview = acknowledgementPreview(form, at: now)
    default: return
    }
    shell.overlay = .form(form)
  }
}
