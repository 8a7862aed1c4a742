extension BuiltInTemplates {
  /// Without an incident: announcements, maintenance, and answers to one person.
  static let occasions: [(name: String, source: String)] = [
    (
      "announcement",
      """
      ---
      audience: users
      stage: announcement
      subject: "{{headline}}"
      variables:
        headline:
          ask: What is it about, in a line?
        news:
          ask: What should they know?
        todo:
          ask: What do they have to do?
          default: You do not have to do anything.
      ---
      {{#recipient}}
      Dear {{recipient}},

      {{/recipient}}
      {{news}}

      {{todo}}
      """
    ),
    (
      "maintenance",
      """
      ---
      audience: users
      stage: maintenance
      subject: "Planned maintenance{{#system}} of {{system}}{{/system}}"
      variables:
        from:
          ask: When does it begin? (with date and zone)
        until:
          ask: When does it end? (with date and zone)
        impact:
          ask: What will people notice?
      ---
      Impact: {{impact}}

      This is planned, from {{from}} until {{until}}.
      We write again when it is over.
      """
    ),
    (
      "maintenance-over",
      """
      ---
      audience: users
      stage: announcement
      subject: "Maintenance{{#system}} of {{system}}{{/system}} is over"
      variables:
        changed:
          ask: What is different now?
          default: Nothing looks different.
      ---
      The maintenance is over, and everything can be used again.

      {{changed}}
      """
    ),
    (
      "reply",
      """
      ---
      audience: users
      stage: reply
      subject: "Re: {{title}}"
      variables:
        answer:
          ask: What do you answer?
      ---
      {{#recipient}}
      Dear {{recipient}},

      {{/recipient}}
      {{answer}}
      {{#next_update}}

      Next update: {{next_update}}
      {{/next_update}}
      """
    ),
  ]
}
