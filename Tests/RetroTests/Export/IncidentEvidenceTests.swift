import Foundation
import Incidents
import Playbooks
import Retro
import Testing
import Values

@Suite struct IncidentEvidenceTests {
  private var story: Story {
    var story = Story()
    story.isDeclared("Pack purchases fail", at: 0)
    story.tell(EvidenceAttached.kind, Self.body("88c1", "grep -c 'a|b' worker.log"), at: 60)
    story.tell(EvidenceAttached.kind, Self.body("99d2", "tail worker.log"), at: 70)
    story.tell(EventRetracted.kind, "{\"target\":\"e3\",\"reason\":\"the wrong host\"}", at: 80)
    return story
  }

  private static func body(_ digest: String, _ command: String) -> String {
    """
    {"what":"1.2 Search | the logs","blob":{"sha256":"\(digest)","bytes":12,"type":"text/plain"},
     "from":{"run":"R-1","step":"1.2","command":"a","text":"\(command)","by":"ops2",
     "at":"2026-11-21T03:05:53.000Z","end":"exit 0","took_ms":3100,"lines":2,"part":"whole"}}
    """
  }

  @Test func standsUnderItsNameInTheDocument() throws {
    let markdown = story.report(texts: ["88c1": "one\n````\n# no heading\n", "99d2": "wrong\n"]).markdown
    #expect(
      markdown.contains(
        """
        ## Evidence

        ### E1 1.2 Search \\| the logs

        ```sh
        grep -c 'a|b' worker.log
        ```

        - Attached: 2026-11-21 03:06:33Z by ops1
        - From: R-1 1.2, run 2026-11-21 03:05:53Z by ops2, exit 0 after 3s, 2 lines
        - SHA-256: 88c1, 12 bytes, in the journal

        `````text
        one
        ````
        # no heading
        `````

        ### E2 1.2 Search \\| the logs

        ```sh
        tail worker.log
        ```

        - Attached: 2026-11-21 03:06:43Z by ops1
        - From: R-1 1.2, run 2026-11-21 03:05:53Z by ops2, exit 0 after 3s, 2 lines
        - SHA-256: 99d2, 12 bytes, in the journal
        - Taken back: the wrong host

        ## Timeline

        """))
    #expect(markdown.contains("| evidence | 1.2 Search \\| the logs: grep"))
  }

  @Test func whatIsErasedIsSaidToBe() {
    #expect(story.report().markdown.contains("\nIts text is not in the journal any more.\n"))
  }

  @Test func isInTheJSONWithItsText() throws {
    let long = String(repeating: "line\n", count: 300_000)
    for (text, isWhole) in [("one\n", true), (long, false)] {
      let bytes = try story.report(texts: ["88c1": text, "99d2": "wrong\n"]).json()
      let document = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
      let rows = try #require(document["evidence"] as? [[String: Any]])
      #expect(rows.map { $0["name"] as? String } == ["E1", "E2"])
      let first = try #require(rows.first)
      #expect(first["sha256"] as? String == "88c1" && first["is_whole"] as? Bool == isWhole)
      let told = try #require(first["text"] as? String)
      #expect(isWhole ? told == text : told.utf8.count < 1000)
      #expect((first["from"] as? [String: Any])?["took_ms"] as? Int == 3100)
      let last = try #require(rows.last)
      #expect(last["text"] == nil && last["retracted"] as? String == "the wrong host")
    }
  }
}
