extension BuiltInTemplates {
  /// For those who answer customers: what they can say.
  static let support: [(name: String, source: String)] = [
    (
      "support",
      """
      ---
      audience: support
      stage: [Investigating, Identified, Monitoring]
      subject: "For your answers: {{title}}"
      variables:
        say:
          ask: What can they tell customers?
          default: We know of it and are working on it.
      ---
      Impact: {{impact}}

      Please say: {{say}}
      {{#workaround}}
      Until then customers can: {{workaround}}
      {{/workaround}}
      {{^workaround}}
      There is no way around it that we know of.
      {{/workaround}}
      Please do not name a time at which it will work.

      Next update: {{next_update}}
      """
    ),
    (
      "support-resolved",
      """
      ---
      audience: support
      stage: Resolved
      subject: "For your answers, resolved: {{title}}"
      variables:
        data_lost:
          ask: Was anything lost, or does anything linger? (no, or what)
      ---
      Impact: {{impact}}

      Please say: it works again.{{#started}} It lasted from {{started}}{{#resolved}} to {{resolved}}{{/resolved}}.{{/started}}
      Lost or lingering: {{data_lost}}

      Whoever still notices something: please pass it on to us.
      """
    ),
  ]
}
