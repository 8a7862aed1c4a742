import Playbooks
import Terminal
import Values

@testable import Console

/// A playbook with one step of every kind, and a player that has it open.
enum Runbook {
  static let text = """
    ---
    title: Queue backlog
    variables:
      REGION:
        ask: Which region?
        choices: [eu-west, us-east]
      TOKEN:
        ask: The admin's token?
        secret: true
    destructive: [drain]
    timeout: 2m
    steps:
      Pause the workers:
        undo: Start the workers again
        due: 5m
      Ask the queue:
        check: true
        every: 10s
        for: 5m
      Search the logs:
        exits: {0: found, 1: none found}
      Follow the log:
        background: true
      Rotate the token:
        output: secret
    ---

    # Queue backlog

    Jobs wait longer than a minute. See [the dashboard](https://grafana.example/d/queue) first.

    **Symptoms**: invoices are late.

    > [!WARNING]
    > Never drain while a *migration* runs.

    ## Find

    1. Ask the queue for its depth.
       ```bash
       curl {{base}}/queue
       ```
    2. Search the logs.
       ```bash
       # Recent
       grep -c timeout worker.log
       # Of one region
       grep -c {{REGION}} worker.log
       ```
    3. Follow the log.
       ```bash
       tail -f worker.log
       ```

    ## Act

    1. Pause the workers.
       ```bash
       workers pause
       ```
       1. Tell support.
       2. Note the depth.
    2. Drain what cannot be done.
       ```bash
       queue drain billing
       ```
    3. Rotate the token.
       ```bash
       token rotate --old {{TOKEN}}
       ```
    4. Start the workers again.

    ## Recover

    - If the queue grows: add workers.
    - If it stands still: restart the broker.

    ## Whom to call

    | role | who | how |
    |---|---|---|
    | primary | the worker's owner | pager, then phone |
    | vendor | their support | ticket with the **queue's id** |
    """

  static var guide: Guide {
    var problems: [Problem] = []
    var guide = Fixture.enseiGuide
    guide.playbooks.append(PlaybookDocument(text, file: "queue-backlog.md", problems: &problems))
    guide.digests["queue-backlog"] = "bb22"
    assert(problems.isEmpty, "\(problems)")
    return guide
  }

  /// Its first step is selected.
  static func player(
    _ size: Size = Size(width: 120, height: 40), guide: Guide = guide, readOnly: Bool = false,
    options: (inout Console.Options) -> Void = { _ in }
  ) throws -> Player {
    var player = try Player(size: size, readOnly: readOnly, guides: [guide], options: options)
    player.texts["bb22"] = text
    player.console.playbook.show(.init(system: "ensei-packs", playbook: "queue-backlog"))
    player.press("4")
    player.forget()
    return player
  }
}
