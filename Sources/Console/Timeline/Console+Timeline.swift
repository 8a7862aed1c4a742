import Incidents
import Retro
import Terminal
import Values

extension Console {
  mutating func openChosenIncident() -> [Effect] {
    guard let key = timeline.incidents.selected else { return [] }
    focus(on: key)
    return go(to: .incident)
  }

  var whyNoExport: String? {
    timeline.incidents.selected == nil ? "No incident is selected." : nil
  }

  private static let readers = ["the house", "readers outside"]

  mutating func openExport() -> [Effect] {
    guard let key = timeline.incidents.selected else { return [] }
    return open(
      .form(
        Form(
          .export, title: "export \(key)", verb: "write",
          fields: [
            Form.Field(
              "format", "as", options: RetroFormat.allCases.map(\.rawValue), selected: 0,
              note: "Markdown, a page, a page for paper, all for programs, rows"),
            Form.Field(
              "readers", "for", options: Self.readers, selected: 0,
              note: "outside: without notes, people, hosts and ids"),
            Form.Field(
              "template", "template", options: BuiltInRetroTemplates.names, selected: 0,
              note: "of md, html and print"),
            Form.Field("incidents", "of", text: key, note: "several with blanks between: INC-1 INC-3"),
          ])))
  }

  mutating func submitExport(_ form: Form, at now: Instant) -> [Effect] {
    guard let format = RetroFormat(rawValue: form["format"]) else { return [] }
    var incidents: [Incident] = []
    for name in form["incidents"].split(whereSeparator: { $0.isWhitespace || $0 == "," }) {
      let key =
        name.allSatisfy(\.isNumber) ? "INC-\(name)" : name.contains("/") ? String(name) : name.uppercased()
      guard let incident = world.ledger.incidents.first(where: { $0.key == key }) else {
        return refuse("There is no incident \(Inert.terminal(String(name))); the list beside names them.")
      }
      if !incidents.contains(where: { $0.key == key }) { incidents.append(incident) }
    }
    guard !incidents.isEmpty else { return refuse("Name an incident, such as INC-1.") }
    var wish = ExportWish(incidents: incidents.map(\.key), format: format, template: form["template"])
    if form["readers"] != Self.readers[0] {
      var outward = ExportWish.Outward()
      for system in Set(incidents.flatMap(\.systems)).sorted() {
        guard let guide = world.guide(system) else {
          return refuse(
            "The folder of \(Inert.terminal(system)) is not here, so its hosts are not known and cannot be taken out."
          )
        }
        outward.hosts.formUnion(guide.hosts)
        outward.links += guide.links.values.sorted()
      }
      wish.outward = outward
    }
    let number = acts.number()
    timeline.exporting[number] = wish.name
    shell.overlay = nil
    shell.say("writing the export of \(wish.name)…", at: now)
    return [.export(number, wish)]
  }

  mutating func exported(_ number: Int, _ result: Result<String, ActFailure>, at now: Instant) {
    guard let key = timeline.exporting.removeValue(forKey: number) else { return }
    switch result {
    case .success(let path): shell.say("\(key) is in \(path)", at: now, tone: .done)
    case .failure(let failure): shell.say(failure.sentence, at: now, tone: .failed)
    }
  }
}
