extension BuiltInTemplates {
  /// For those who use the system.
  static let users: [(name: String, source: String)] = [
    (
      "users-investigating",
      """
      ---
      audience: users
      stage: Investigating
      subject: "{{title}}"
      ---
      Impact: {{impact}}

      We have noticed this and are looking for the cause.{{#started}} It began at {{started}}.{{/started}}
      {{#workaround}}
      Until then: {{workaround}}
      {{/workaround}}

      Next update: {{next_update}}
      """
    ),
    (
      "users-identified",
      """
      ---
      audience: users
      stage: Identified
      subject: "{{title}}"
      ---
      Impact: {{impact}}

      We have found the cause{{#cause}}: {{cause}}{{/cause}}. We are putting it right.
      {{#workaround}}
      Until then: {{workaround}}
      {{/workaround}}

      Next update: {{next_update}}
      """
    ),
    (
      "users-monitoring",
      """
      ---
      audience: users
      stage: Monitoring
      subject: "{{title}}"
      ---
      Impact: {{impact}}

      The cause is put right{{#cause}}: {{cause}}{{/cause}}. We are watching that it stays so before we call it resolved.
      If you still notice something, please tell us.

      Next update: {{next_update}}
      """
    ),
    (
      "users-resolved",
      """
      ---
      audience: users
      stage: Resolved
      subject: "Resolved: {{title}}"
      variables:
        data_lost:
          ask: Was anything lost, or does anything linger? (no, or what)
      ---
      Impact: {{impact}}

      Everything works again.{{#started}} It lasted from {{started}}{{#resolved}} to {{resolved}}{{/resolved}}.{{/started}}
      {{#cause}}
      The cause: {{cause}}
      {{/cause}}
      Lost or lingering: {{data_lost}}

      We are sorry for the trouble.
      """
    ),
    (
      "users-minor",
      """
      ---
      audience: users
      stage: [Investigating, Identified, Monitoring]
      severity: [S3, S4]
      subject: "{{title}}"
      ---
      Impact: {{impact}}

      Everything else works as usual. We are working on it{{#cause}}, and know the cause: {{cause}}{{/cause}}.
      {{#workaround}}
      Until then: {{workaround}}
      {{/workaround}}

      Next update: {{next_update}}
      """
    ),
  ]
}
