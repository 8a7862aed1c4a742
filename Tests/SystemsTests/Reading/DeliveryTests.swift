import Comms
import Testing
import Values
import Wire

@testable import Systems

/// What stands under `deliveries`.
struct DeliveryTests {
  /// With the secrets KEY and PAGE.
  private func read(_ delivery: String) -> (Delivery?, [String], [String]) {
    let (system, problems) = SystemFolder.read(
      "title: T\nsecrets: {KEY: , PAGE: }\ndeliveries:\n  out: \(delivery)\n",
      environment: ["KEY": "s3cret", "PAGE": "page-1"])
    return (system.deliveries.first, problems, system.needsTrust)
  }

  @Test func eachKindIsReadWithItsKeys() throws {
    let cases: [(String, String, String)] = [
      (
        "{statuspage: pg1, token: \"${KEY}\", notify: false, components: [c1, c2], url: \"http://127.0.0.1:9/\"}",
        "statuspage", "http://127.0.0.1:9/, page pg1"
      ),
      ("{statuspage: pg1, token: x}", "statuspage", "https://api.statuspage.io, page pg1"),
      (
        "{webhook: \"https://a.example/hook?k=${KEY}\", bearer: \"${KEY}\", method: PUT, headers: {X-Team: \"${KEY}\"}, json: {a: \"{{text}}\"}, timeout: 5s}",
        "webhook", "https://a.example/hook?k=•••"
      ),
      ("{slack: \"${KEY}\", on: warn}", "slack", "•••"),
      (
        "{pagerduty: \"${KEY}\", on: page, url: \"https://events.eu.pagerduty.com/v2/enqueue\"}", "pagerduty",
        "https://events.eu.pagerduty.com/v2/enqueue"
      ),
      (
        "{smtp: \"mail.example.com:587\", from: a@b.c, to: [d@e.f], cc: g@h.i, bcc: j@k.l, user: me, password: \"${KEY}\", tls: always, ca: ca.pem, verify: false}",
        "smtp", "mail.example.com:587"
      ),
      ("{file: ops/LOG.md}", "file", "ops/LOG.md"), ("{cstate: content/issues}", "cstate", "content/issues"),
      ("{command: [notify-send, midwatch], timeout: 5s}", "command", "notify-send midwatch"),
      ("{clipboard: auto}", "clipboard", "the clipboard"),
      ("{alertmanager: \"http://127.0.0.1:9093\"}", "alertmanager", "http://127.0.0.1:9093"),
      ("{statuspage: \"\", token: \"${KEY}\"}", "statuspage", "off: its statuspage is empty"),
      ("{slack: \"\"}", "slack", "off: its slack is empty"),
    ]
    for (text, kind, shown) in cases {
      let (delivery, problems, _) = read(text)
      #expect(problems.isEmpty, "\(text): \(problems)")
      #expect(delivery?.kind == kind && delivery?.destination.kind == kind)
      #expect(delivery?.destination.shown == shown, "\(text)")
      #expect(delivery?.destination.name == "out" && delivery?.isOff == shown.hasPrefix("off"))
      #expect(delivery.map { !"\($0)".contains("s3cret") } == true, "no secret is printed")
    }
    #expect(Set(cases.map(\.1)) == Set(DeliveryKinds.all.map { $0.name }), "every kind is tried")
  }

  @Test(arguments: [
    ("{statuspage: pg1}", "4:8: the delivery out has no token"),
    ("{statuspage: \"https://x.example/pages\", token: x}", "4:21: this is no id of a page"),
    ("{statuspage: pg1, token: x, bearer: y}", "4:36: the delivery out has no key \"bearer\""),
    ("{statuspage: pg1, token: x, on: page}", "4:36: the delivery out has no key \"on\""),
    ("{statuspage: pg1, token: x, notify: maybe}", "4:44: notify is true or false"),
    ("{slack: hooks.slack.com}", "4:16: this is no address of HTTP"),
    ("{slack: \"https://u:p@hooks.example/x\"}", "4:16: an address names no user"),
    ("{slack: \"https://x.example\", token: x}", "4:37: the delivery out has no key \"token\""),
    ("{slack: \"https://x.example\", on: loud}", "4:41: on cannot be \"loud\""),
    ("{webhook: \"https://x.example\", method: GET}", "4:47: method cannot be \"GET\""),
    ("{webhook: \"https://x.example\", json: {a: \"{{nope}}\"}}", "4:49: there is no field \"nope\" here"),
    ("{webhook: \"https://x.example\", json: {a: \"{{#text}}\"}}", "4:49: {{#text}} is not closed"),
    ("{webhook: \"https://x.example\", headers: {\"a b\": c}}", "4:49: this can be no header"),
    ("{webhook: \"https://x.example\", headers: {Host: c}}", "4:49: the header Host is set by midwatch"),
    ("{webhook: \"https://x.example\", headers: {A: \"b\\nC: d\"}}", "4:49: this can be no header"),
    ("{webhook: \"https://x.example\", timeout: 10ms}", "4:39: timeout is shorter than a second"),
    (
      "{webhook: \"https://x.example\", hedaers: {A: b}}",
      "4:39: the delivery out has no key \"hedaers\"; did you mean \"headers\"?"
    ),
    ("{pagerduty: \"https://events.example\"}", "4:20: this is no key"),
    ("{pagerduty: k, url: nowhere}", "4:28: this is no address of HTTP"),
    ("{smtp: \"mail example\", from: a@b.c, to: d@e.f}", "4:15: this is no host"),
    ("{smtp: mail.example.com, to: d@e.f}", "4:8: the delivery out has no from"),
    ("{smtp: mail.example.com, from: a@b.c}", "4:8: this mail goes to nobody"),
    ("{smtp: mail.example.com, from: nobody, to: d@e.f}", "4:39: \"nobody\" is no mail address"),
    (
      "{smtp: mail.example.com, from: a@b.c, to: [\"x\\nBcc: y@z.a\"]}",
      "4:50: \"x⏎Bcc: y@z.a\" is no mail address"
    ),
    (
      "{smtp: mail.example.com, from: a@b.c, to: d@e.f, user: me}",
      "4:8: who logs in has a user and a password"
    ),
    ("{smtp: mail.example.com, from: a@b.c, to: d@e.f, tls: maybe}", "4:62: tls cannot be \"maybe\""),
    (
      "{smtp: mail.example.com, from: a@b.c, to: d@e.f, user: me, password: x, tls: never}",
      "4:85: the password would cross the network in the open"
    ),
    ("{file: \"${KEY}/x\"}", "4:15: a path is shown, so no secret can stand in it"),
    ("{clipboard: osc52}", "4:20: the clipboard is reached in one way only"),
    ("{command: []}", "4:8: the command has no words"),
    ("{alertmanager: nowhere}", "4:23: this is no address of HTTP"),
    (
      "{webhook: \"https://x.example\", slack: \"https://y.example\"}",
      "4:8: a delivery has exactly one kind, and this has 2"
    ),
    ("{slak: \"https://y.example\"}", "4:9: a delivery has no kind, and \"slak\" is none"),
    ("{slack: }", "4:8: the delivery out has no slack"),
  ])
  func aMistakeHasItsPlaceAndItsRemedy(_ text: String, _ expected: String) {
    let (_, problems, _) = read(text)
    #expect(
      problems.count == 1 && problems.first?.hasPrefix("system.yaml:" + expected) ?? false, "\(problems)")
    #expect(problems.first?.contains("; ") == true)
  }

  @Test(arguments: [
    ("{slack: \"${KEY}\"}", ["delivery out uses KEY"]),
    ("{command: [say, it]}", ["delivery out starts say it"]),
    ("{webhook: \"http://127.0.0.1:9/\"}", ["delivery out sends updates to http://127.0.0.1:9/"]),
    (
      "{pagerduty: \"${KEY}\", on: page}",
      [
        "delivery out uses KEY",
        "delivery out sends alerts and reminders of tickets of level page to "
          + "https://events.pagerduty.com/v2/enqueue by itself",
      ]
    ),
    ("{statuspage: \"${NOWHERE:-}\", token: \"${KEY}\"}", []), ("{clipboard: auto}", []),
    ("{file: ops/LOG.md}", ["delivery out sends updates to ops/LOG.md"]),
  ])
  func whatLeavesTheHouseNeedsTrust(_ text: String, _ needs: [String]) {
    let (_, problems, found) = read(text)
    #expect(found == needs && problems.isEmpty, "\(found) \(problems)")
  }
}
