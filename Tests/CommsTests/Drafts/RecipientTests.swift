import Incidents
import TestSupport
import Testing
import Values

@testable import Comms

/// One text for several, each with what their system's folder gives.
struct RecipientTests {
  private let links = ["status_page": "https://status.example.com/mail", "docs": "https://docs.example.com"]

  @Test func hasTheTitleAndTheLinksOfTheirSystem() {
    let one = Recipient("Post Office", fields: ["system": "mail"], system: "mail")
      .addressed(to: "mail", title: "Post Office", links: links)
    #expect(one.system == "mail")
    #expect(
      one.filling("{{system}}, {{systems}}: {{links.status_page}} {{links.docs}} {{recipient}} {{links.x}}")
        == "Post Office, Post Office: https://status.example.com/mail https://docs.example.com Post Office {{links.x}}"
    )
  }

  @Test func keepsWhatTheySayThemselves() {
    let fields = ["system": "the till", "links.docs": "https://own.example.com", "module": "Stock"]
    let one = Recipient("North", fields: fields).addressed(to: "mail", title: "Post Office", links: links)
    #expect(one.filling("{{system}} {{links.docs}} {{module}}") == "the till https://own.example.com Stock")
  }

  @Test func aCopySaysByWhoseFolderItGoes() throws {
    let record = MemoryRecord()
    let whom = [Recipient("North", system: "mail"), Recipient("South")]
    try record.perform(
      SaveDraft(
        incident: nil, template: nil, audience: "users", stage: .announcement, subject: "News",
        text: "Dear {{recipient}}", system: "shop", recipients: whom), at: "03:00")
    let draft = try #require(try record.entity(Draft.self, "D-1"))
    #expect(draft.copies.map(\.system) == ["mail", nil])
    #expect(draft.recipients == whom, "as it was stored")
  }
}
