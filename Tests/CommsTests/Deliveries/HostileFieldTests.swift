import Documents
import Incidents
import JSON
import TestSupport
import Testing
import Values

@testable import Comms

/// Whatever stands in a field comes out as text, and as nothing else.
struct HostileFieldTests {
  private static func messages(_ random: inout SplitMix64) -> DeliveryMessage {
    func any() -> String {
      (0..<Int.random(in: 1...3, using: &random)).map { _ in
        Sample.hostile.randomElement(using: &random) ?? ""
      }.joined(separator: " ")
    }
    let stage = Stage.allCases.randomElement(using: &random)
    let alert =
      Bool.random(using: &random)
      ? AlertIdentity(system: any(), rule: any(), labels: ["a\"b": any(), "job": any()]) : nil
    let occasion: DeliveryMessage.Occasion =
      alert != nil ? .fired : Bool.random(using: &random) ? .update : .reminded
    return DeliveryMessage(
      key: any(), occasion: occasion, system: any(), incident: any(), title: any(),
      severity: Severity.allCases.randomElement(using: &random), stage: stage, audience: any(),
      subject: any(),
      text: any(), impact: any(), affected: [any()], started: Sample.at("03:00:00"),
      window: .init(from: Sample.at("04:00:00"), until: Sample.at("05:00:00")),
      at: Sample.at("03:01:00"), alert: alert, ticket: any(),
      earlier: [.init(at: Sample.at("02:00:00"), stage: .identified, subject: any(), text: any())])
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func staysText(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let message = Self.messages(&random)
    for kind in DeliveryKinds.all {
      let fields = [("a\"b", "{{text}}"), ("c", "{{subject}}|{{impact}}")]
      guard let payload = try? kind.payload(of: message, to: Sample.destination(kind.name, fields: fields))
      else { continue }
      for header in payload.headers where payload.way == .http {
        #expect(header.value.utf8.allSatisfy { (0x20...0x7E).contains($0) }, "\(kind.name)")
      }
      switch payload.way {
      case .http: try checkJSON(payload, of: message, kind.name)
      case .mail: checkMail(payload)
      case .write: try checkPage(payload, of: message)
      case .append: checkEntry(payload)
      case .run, .copy:
        #expect(!payload.body.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0x7F })
        for header in payload.headers { #expect(!header.value.unicodeScalars.contains { $0.value < 0x20 }) }
      }
    }
  }

  private func checkJSON(_ payload: DeliveryPayload, of message: DeliveryMessage, _ kind: String) throws {
    guard case .success(let json) = JSONValue.read(Array(payload.body.utf8)) else {
      Issue.record("\(kind): \(payload.body)")
      return
    }
    switch kind {
    case "statuspage":
      #expect(json["incident"]?["body"]?.string == message.text)
      #expect(json.length == 1)
    case "webhook":
      #expect(json["a\"b"]?.string == message.text && json.length == 2)
    case "slack":
      let text = try #require(json["text"]?.string)
      #expect(!text.contains("<") && !text.contains(">") && json.length == 2)
    case "pagerduty":
      let isOver = message.occasion == .update && message.stage == .resolved
      #expect(json["event_action"] == .string(isOver ? "resolve" : "trigger"))
    default: #expect(json.elements?.count == 1)
    }
  }

  private func checkMail(_ payload: DeliveryPayload) {
    let bytes = Array(payload.body.utf8)
    #expect(bytes.allSatisfy { (0x20...0x7E).contains($0) || $0 == 13 || $0 == 10 })
    let lines = payload.body.split(separator: "\r\n", omittingEmptySubsequences: false)
    #expect(!lines.contains { $0.contains("\r") || $0.contains("\n") }, "no lone CR or LF")
    #expect(lines.allSatisfy { $0.utf8.count <= 998 })
    let heads = lines.prefix { !$0.isEmpty }.filter { !$0.hasPrefix(" ") }.compactMap {
      $0.split(separator: ":").first
    }
    let known = [
      "Date", "From", "To", "Message-ID", "Subject", "Auto-Submitted", "MIME-Version", "Content-Type",
      "Content-Transfer-Encoding",
    ]
    #expect(heads.allSatisfy { known.contains(String($0)) } && Set(heads).count == heads.count, "\(heads)")
  }

  private func checkPage(_ payload: DeliveryPayload, of message: DeliveryMessage) throws {
    #expect(payload.path.hasSuffix(".md") && !payload.path.contains("/") && !payload.path.hasPrefix("."))
    var problems: [Problem] = []
    let front = FrontMatter(payload.body, file: "x.md", problems: &problems)
    var reader = YAMLReader(front.document?.root, file: "x.md", of: "a page")
    let first = message.earlier.first?.subject.onOneLine ?? ""
    #expect(reader.string("title") == (first.isEmpty ? message.title.onOneLine : first))
    for key in ["date", "resolved", "resolvedWhen", "severity", "section", "informational"] {
      _ = reader.string(key)
    }
    #expect(reader.strings("affected") == message.affected.map(\.onOneLine))
    #expect(reader.finish().isEmpty && problems.isEmpty, "\(problems)")
    let tracks = front.body.split(separator: "{{", omittingEmptySubsequences: false).dropFirst()
    #expect(
      tracks.count == 2 && tracks.allSatisfy { $0.hasPrefix("< track \"2026-11-21T0") }, "\(front.body)")
    #expect(!front.body.replacing("\\<", with: "").contains("<script"))
  }

  private func checkEntry(_ payload: DeliveryPayload) {
    let lines = payload.body.split(separator: "\n")
    #expect(lines.filter { $0.hasPrefix("#") }.count == 1, "\(payload.body)")
    #expect(!payload.body.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
  }
}
