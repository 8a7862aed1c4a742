/// Every kind of delivery that there is.
package enum DeliveryKinds {
  package static let all: [any DeliveryKind.Type] = [
    StatuspageDelivery.self,
    WebhookDelivery.self,
    SlackDelivery.self,
    PagerDutyDelivery.self,
    MailDelivery.self,
    FileDelivery.self,
    CStateDelivery.self,
    CommandDelivery.self,
    ClipboardDelivery.self,
    AlertmanagerDelivery.self,
  ]

  /// Nil when there is no such kind.
  package static func named(_ name: String) -> (any DeliveryKind.Type)? { all.first { $0.name == name } }
}
