import Playbooks
import Values

/// The hand-over as CommonMark, for a file or to be pasted; every remote text in it is inert.
extension HandOver {
  package var text: String {
    var lines = ["# Hand-over of \(incident.key) \(Inert.markdown(incident.title))", ""]
    for part in parts {
      lines += ["## \(part.title)", ""]
      lines += part.lines.isEmpty ? [part.empty] : part.lines.flatMap(Self.markdown)
      lines.append("")
    }
    lines += ["## Record", "", stamp]
    return lines.joined(separator: "\n") + "\n"
  }

  /// Where the journal stood, so that whoever reads this later knows what came after.
  package var stamp: String {
    guard let head else { return "Made \(made.dateClockUTC)." }
    return head.sentence("Made", at: made, inert: Inert.markdown)
  }

  private static func markdown(_ line: Line) -> [String] {
    let sign = line.sign == "·" ? "" : "\(line.sign) "
    let first = "- \(sign)\(Inert.markdown(line.text))"
    guard let detail = line.detail else { return [first] }
    let more = detail.split(whereSeparator: \.isNewline)
    return [first] + more.map { "  > \(Inert.markdown(String($0)))" }
  }
}
