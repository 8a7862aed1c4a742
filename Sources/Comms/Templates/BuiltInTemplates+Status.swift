extension BuiltInTemplates {
  /// For a status page: short, the stage is shown beside it.
  static let status: [(name: String, source: String)] = [
    (
      "status-investigating",
      """
      ---
      audience: status
      stage: Investigating
      subject: "{{title}}"
      ---
      Impact: {{impact}}
      We are looking for the cause.{{#started}} Noticed since {{started}}.{{/started}}
      Next update: {{next_update}}
      """
    ),
    (
      "status-identified",
      """
      ---
      audience: status
      stage: Identified
      subject: "{{title}}"
      ---
      Impact: {{impact}}
      The cause is known{{#cause}}: {{cause}}{{/cause}}. We are putting it right.
      Next update: {{next_update}}
      """
    ),
    (
      "status-monitoring",
      """
      ---
      audience: status
      stage: Monitoring
      subject: "{{title}}"
      ---
      Impact: {{impact}}
      The cause is put right, and we are watching that it stays so.
      Next update: {{next_update}}
      """
    ),
    (
      "status-resolved",
      """
      ---
      audience: status
      stage: Resolved
      subject: "{{title}}"
      variables:
        data_lost:
          ask: Was anything lost, or does anything linger? (no, or what)
      ---
      Impact: {{impact}}
      Everything works again.{{#started}} It lasted from {{started}}{{#resolved}} to {{resolved}}{{/resolved}}.{{/started}}
      Lost or lingering: {{data_lost}}
      """
    ),
  ]
}
