import Alerting
import Incidents
import Terminal
import Values
import Watch

/// Silencing alerts, and what becomes of silences.
extension Console {
  /// Of an alert that a silence hides already, that one is offered first.
  mutating func openSilence(at now: Instant) -> [Effect] {
    guard let identity = subjectAlert else { return [] }
    let held = world.item(identity.key, at: now)?.mutings.first { $0.kind == .silence }
    guard let held, let silence = world.silences(at: now).first(where: { $0.key == held.name }) else {
      return openSilenceForm(identity)
    }
    return open(.choice(Self.choice(silence, about: identity, at: now)))
  }

  private static func choice(_ silence: Silence, about alert: AlertIdentity?, at now: Instant) -> Choice {
    let left = silence.end.map { ", \(($0 - now).whole) left" } ?? ""
    var options = [
      Choice.Option(id: "extend", label: "let \(silence.key) end at another time", detail: "with a reason"),
      Choice.Option(id: "end", label: "end \(silence.key) now", detail: "its alerts are heard again"),
    ]
    if alert != nil { options.append(.init(id: "another", label: "set another silence", detail: "")) }
    return Choice(
      .silence(silence.key, about: alert), title: "\(silence.key) of \(silence.by ?? "")\(left)",
      options: options)
  }

  mutating func openSilenceForm(_ identity: AlertIdentity) -> [Effect] {
    let form = Form(
      .silence(identity), title: "silence \(identity.rule) of \(identity.system)", verb: "silence it",
      fields: [
        Form.Field(
          "for", "how long, until when", text: "1h",
          note: "30m, 2h, 1d from its start, or 06:00, 06:00Z, tomorrow 06:00, 2026-11-22 06:00"),
        Form.Field("comment", "why", note: "everybody sees it beside the alert"),
        Form.Field(
          "matchers", "which alerts", text: SilenceMatchers.exactly(identity.labels),
          note: "as in Alertmanager: = != =~ !~, separated by commas; fewer labels silence more"),
        Form.Field("start", "from when", text: "now", note: "now, or a later time: 22:00Z, tomorrow 02:00"),
      ])
    return open(.form(form))
  }

  mutating func submitSilence(_ form: Form, _ identity: AlertIdentity, at now: Instant) -> [Effect] {
    func refuse(_ sentence: String) -> [Effect] {
      shell.overlay?.fail(sentence)
      return []
    }
    let matchers: SilenceMatchers
    do throws(SilenceMatchers.Objection) {
      matchers = try SilenceMatchers(form["matchers"])
    } catch {
      return refuse(error.sentence)
    }
    guard let (start, end) = times(form, at: now) else {
      return refuse("That is no time; write 2h, 06:00, 06:00Z, tomorrow 06:00 or 2026-11-22 06:00.")
    }
    if matchers.matchesEverything, !form.isArmed {
      if case .form(var open) = shell.overlay {
        open.isArmed = true
        shell.overlay = .form(open)
      }
      return refuse("This hides every alert of \(identity.system), whatever fires. Enter again does it.")
    }
    let act = SetSilence(
      system: identity.system, matchers: matchers.texts, start: start > now ? start : nil, end: end,
      comment: form["comment"])
    let count = world.affected(by: matchers, of: identity.system, at: now).now.count
    return perform(
      act, on: identity.key,
      done: "\(count == 1 ? "1 alert is" : "\(count) alerts are") silenced until \(world.whole(end))",
      closing: true)
  }

  private func times(_ form: Form, at now: Instant) -> (start: Instant, end: Instant)? {
    let offset = world.zone?.offset ?? 0
    let written = form["start"]
    guard let start = written.isEmpty ? now : ComingTime.instant(written, at: now, offset: offset),
      let end = ComingTime.instant(form["for"], from: max(start, now), at: now, offset: offset)
    else { return nil }
    return (start, end)
  }

  /// What the form would do, live under its fields.
  func silencePreview(_ form: Form, of system: String, at now: Instant) -> [(String, Style)] {
    var lines: [(String, Style)] = []
    if let (start, end) = times(form, at: now) {
      let from = start > now ? "from \(world.whole(start)) " : ""
      if end > max(start, now) {
        lines.append(("\(from)until \(world.whole(end)), \((end - max(start, now)).prometheus) long", .text))
      } else {
        lines.append(("\(from)until \(world.whole(end)), which is past", .due))
      }
    } else {
      lines.append(("that is no time", .due))
    }
    do throws(SilenceMatchers.Objection) {
      let matchers = try SilenceMatchers(form["matchers"])
      lines += preview(of: matchers, of: system, at: now)
    } catch {
      lines.append((error.sentence, .due))
    }
    return lines
  }

  /// How many alerts matchers hide, and which.
  func preview(of matchers: SilenceMatchers, of system: String, at now: Instant) -> [(String, Style)] {
    let affected = world.affected(by: matchers, of: system, at: now)
    var lines: [(String, Style)] = []
    let names = affected.now.map { Self.named($0) }
    let shown =
      names.prefix(6).joined(separator: ", ") + (names.count > 6 ? " and \(names.count - 6) more" : "")
    switch (affected.firing.count, affected.pending.count) {
    case (0, 0): lines.append(("hides nothing that fires or is pending now", .due))
    case (let firing, 0): lines.append(("hides \(firing) firing now: \(shown)", .strong))
    case (let firing, let pending):
      lines.append(("hides \(firing) firing and \(pending) pending now: \(shown)", .strong))
    }
    let isWide = affected.ofRules > 1 && affected.rules * 2 > affected.ofRules
    if affected.ofRules > 0 {
      let ended = affected.ended > 0 ? "; \(affected.ended) that ended in the last day match too" : ""
      lines.append(
        (
          "can hide \(affected.rules) of the \(affected.ofRules) alerts of \(system)\(ended)",
          isWide ? .due : .dim
        ))
    }
    if matchers.matchesEverything {
      lines.append(("this hides every alert of \(system), whatever fires", .due))
    }
    return lines
  }

  /// `EndpointDown api`, `QueueBacklog billing`.
  private static func named(_ item: AlertItem) -> String {
    ([item.identity.rule]
      + item.identity.labels.filter { !["alertname", "severity", "job", "instance"].contains($0.key) }
      .sorted { $0.key < $1.key }.map(\.value)).joined(separator: " ")
  }
}

/// Extending and ending.
extension Console {
  mutating func openMuting(at now: Instant) -> [Effect] {
    guard let item = alerts.selectedMuting(world, at: now) else { return [] }
    return open(.page(TextPage(title: "\(item.name) of \(item.system)", lines: mutingLines(item, at: now))))
  }

  /// Everything of a silence or a window, the alerts that it hides last.
  private func mutingLines(_ item: MutingItem, at now: Instant) -> [(String, Style)] {
    var lines: [(String, Style)] = [(item.covers, .strong), (item.why, .text)]
    switch item.what {
    case .silence(let silence):
      guard let fact = silence.fact, let end = silence.end else { return lines }
      lines.append(("from \(world.whole(fact.start)) until \(world.whole(end))", .text))
      if let moved = silence.moved {
        lines.append(("its end was moved from \(world.whole(fact.end)) by \(moved)", .text))
      }
      lines.append(item.time(at: now))
      if let matchers = SilenceMatchers(stored: fact.matchers) {
        lines += preview(of: matchers, of: fact.system, at: now)
        for alert in world.affected(by: matchers, of: fact.system, at: now).now {
          lines.append(("  \(Marks.word(alert.level)) \(Self.named(alert)) \(alert.figures)", .text))
        }
      } else {
        lines.append(("its matchers cannot be read here, so it hides nothing", .warn))
      }
    case .window(let row):
      lines.append(("from \(world.whole(row.start)) until \(world.whole(row.until))", .text))
      lines.append(item.time(at: now))
      if row.isHeld { lines.append(("hides \(row.muted) now", .text)) }
    }
    return lines
  }

  var whyNoMuting: String? {
    alerts.mutings.selected == nil ? "Nothing is selected." : nil
  }

  mutating func changeSilence(at now: Instant) -> [Effect] {
    guard let silence = alerts.selectedMuting(world, at: now)?.silence else {
      shell.say(
        "Windows of maintenance are the folder's; edit system.yaml to change them.", at: now, tone: .failed)
      return []
    }
    return open(.choice(Self.choice(silence, about: nil, at: now)))
  }

  mutating func take(_ option: String, of silence: String, about alert: AlertIdentity?) -> [Effect] {
    switch option {
    case "another": return alert.map { openSilenceForm($0) } ?? []
    case "end":
      return open(
        .form(
          Form(
            .endSilence(silence), title: "end \(silence) now", verb: "end it",
            fields: [Form.Field("why", "why", note: "its alerts are heard again at once")])))
    default:
      return open(
        .form(
          Form(
            .extendSilence(silence), title: "let \(silence) end at another time", verb: "save",
            fields: [
              Form.Field(
                "for", "how long from now, until when", text: "1h", note: "30m, 2h, 06:00, tomorrow 06:00Z"),
              Form.Field("why", "why", note: "it stays in the journal"),
            ])))
    }
  }

  mutating func submitExtension(_ form: Form, _ key: String, at now: Instant) -> [Effect] {
    guard let end = ComingTime.instant(form["for"], at: now, offset: world.zone?.offset ?? 0) else {
      shell.overlay?.fail("That is no time; write 2h, 06:00, 06:00Z, tomorrow 06:00 or 2026-11-22 06:00.")
      return []
    }
    return perform(
      ExtendSilence(key, until: end, reason: form["why"]), on: key,
      done: "\(key) ends at \(world.whole(end))", closing: true)
  }

  mutating func submitEnd(_ form: Form, _ key: String) -> [Effect] {
    guard !form["why"].isEmpty else {
      shell.overlay?.fail("Say why \(key) ends before its time.")
      return []
    }
    return perform(EndSilence(key, reason: form["why"]), on: key, done: "\(key) is ended", closing: true)
  }

  func extensionPreview(_ form: Form, _ key: String, at now: Instant) -> [(String, Style)] {
    guard let silence = world.silences(at: now).first(where: { $0.key == key }), let before = silence.end
    else {
      return [("\(key) is over", .due)]
    }
    var lines: [(String, Style)] = [("now until \(world.whole(before)), \((before - now).whole) left", .dim)]
    if case .extendSilence = form.purpose {
      let end = ComingTime.instant(form["for"], at: now, offset: world.zone?.offset ?? 0)
      lines.append(
        end.map { ("then until \(world.whole($0))", $0 > now ? .strong : .due) } ?? ("that is no time", .due))
    }
    guard let fact = silence.fact, let matchers = SilenceMatchers(stored: fact.matchers) else { return lines }
    return lines + preview(of: matchers, of: fact.system, at: now).prefix(1)
  }
}
