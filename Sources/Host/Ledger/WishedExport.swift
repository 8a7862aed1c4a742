import Console
import Incidents
import Journal
import Retro
import Values

/// Writes beside the journal what somebody wished to have exported on screen 7.
package enum WishedExport {
  /// Where it is; of one for readers outside also what it does not say.
  package static func write(
    _ wish: ExportWish, from journal: Journal, by actor: Actor, at now: Instant
  ) throws -> String {
    guard let template = BuiltInRetroTemplates.template(wish.template) else {
      throw Refusal("There is no template \(Inert.terminal(wish.template)).")
    }
    var order = ExportOrder(
      wish.incidents, as: wish.format, rendering: RetroRendering(template: template))
    if let known = wish.outward {
      var outward = ExportOrder.Outward()
      (outward.hosts, outward.links) = (known.hosts, known.links)
      order.outward = outward
    }
    let export = try Exporter.make(order, from: journal, at: now)
    let path = "\(Places.parent(of: journal.path))/\(wish.file)"
    try Exporter.write(export.bytes, to: path)
    try Exporter.record(export, in: journal, by: actor, at: now)
    guard wish.outward != nil else { return path }
    let removed = export.removed.map { "\($0.what): \($0.count)" }.joined(separator: "; ")
    return "\(path); left out: \(removed.isEmpty ? "nothing" : Inert.terminal(removed))"
  }
}
