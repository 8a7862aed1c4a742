import Playbooks
import Systems
import Testing

/// Every alert of the folders that come with midwatch opens a playbook: which, and how it is found.
struct BundledAlertPlaybookTests {
  static let expected: [String: [String]] = [
    "crystal-grimoire": [
      "EndpointDown incident-workflow name", "CallableErrors incident-workflow#mitigation name",
      "CallableSlow incident-workflow#mitigation name",
      "StripeWebhookFailed incident-workflow#mitigation name",
      "CallableSuccessesDrop incident-workflow#triage name",
      "ClientExceptionsSpike incident-workflow#triage name",
    ],
    "ensei-packs": [
      "EndpointDown synthetic-checks name", "PackErrorRateWarn high-error-rate name",
      "PackErrorRatePage high-error-rate name", "PackReadsSlow high-latency name",
      "PackPurchasesSlow high-latency name", "PackColdStarts high-latency name",
      "PackPurchaseSuccessLow purchase-success name", "PackDuplicatePurchases duplicate-purchases name",
    ],
    "fluxori": [
      "EndpointDown api-unavailable name", "ApiSlow high-latency name",
      "SuccessBelowObjective high-error-rate name", "HighErrorRate high-error-rate name",
      "HighLatency high-latency name", "RequestsBelowObjective slos name",
      "ErrorBudgetBurn high-error-rate frontMatter",
    ],
    "jamble-inventory": [
      "EndpointDown api-unavailable name", "ApiDown api-unavailable name",
      "QuotaExceeded quota-exceeded name", "ColdStart cold-starts name",
      "HighErrorRate high-error-rate name", "QuotaExceededInLog quota-exceeded name",
      "ErrorsInLog high-error-rate name", "MailErrorsInLog orders-not-processing#recover name",
      "OrderUnconfirmed orders-not-processing name",
    ],
    "nova-rms": [
      "EndpointDown incident-response name", "ApiSlow incident-response name",
      "DatabasePoolNearlyFull incident-response name", "QueueBacklog billing-webhooks name",
      "BillingWebhooksRetrying billing-webhooks name", "BillingWebhooksFailed billing-webhooks name",
      "UpcomingRenewalsRise billing-figures name", "OpenInvoicesRise billing-figures name",
      "BillingWorsens billing-figures name", "ModulesDisabled module-toggles name",
      "TenantErrors incident-response name",
    ],
  ]

  @Test(arguments: BundledFolder.names)
  func everyAlertFindsItsPlaybook(_ name: String) throws {
    let folder = SystemFolder.load(try BundledFolder.folder(name), environment: [:]).folder
    var told: [String] = []
    for rule in folder.ruleGroups.flatMap(\.rules) where rule.isAlerting {
      let references = [rule.annotation("playbook"), rule.annotation("runbook_url")]
      let found = folder.playbook(forAlert: rule.name, references: references)
      let line = "\(rule.name) \(Self.told(found))"
      if !told.contains(line) { told.append(line) }
      // As rules elsewhere name their runbook, and as they are that name none.
      guard let found else { continue }
      let address = "https://git.example/ops/runbooks/blob/main/\(found.document.file)"
      let byAddress = folder.playbook(
        forAlert: rule.name, references: [nil, address + (found.anchor.map { "#\($0)" } ?? "")])
      #expect(
        byAddress?.document.name == found.document.name && byAddress?.anchor == found.anchor
          && byAddress?.way == .address, "\(rule.name): \(Self.told(byAddress))")
      let unnamed = folder.playbook(forAlert: rule.name, references: [])
      #expect(
        unnamed?.document.name == found.document.name && unnamed?.way == .frontMatter,
        "\(rule.name): \(Self.told(unnamed))")
    }
    #expect(told == Self.expected[name])
  }

  private static func told(_ found: AlertPlaybook?) -> String {
    guard let found else { return "none" }
    return "\(found.document.name)\(found.anchor.map { "#\($0)" } ?? "") \(found.way)"
  }
}
