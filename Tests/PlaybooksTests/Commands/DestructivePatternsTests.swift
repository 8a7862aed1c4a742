import Testing

@testable import Playbooks

@Suite struct DestructivePatternsTests {
  /// A pattern, a command that it finds, and one that looks like it and is harmless.
  @Test(arguments: [
    ("rollback", "vercel rollback web", "cat rollbacks.md"),
    ("delete", "kubectl delete pod web-0", "grep deleted app.log"),
    ("destroy", "terraform destroy", "cat destroyer.txt"),
    ("remove", "gcloud projects remove-iam-policy-binding p", "grep removed app.log"),
    ("restore", "pg_restore -d shop dump", "ls restored"),
    ("import", "gcloud firestore import gs://b", "grep important app.log"),
    ("recover", "xl-recover now", "grep recovery app.log"),
    ("drop", "psql -c \"DROP TABLE orders\"", "grep dropped app.log"),
    ("truncate", "psql -c 'Truncate orders'", "grep truncated app.log"),
    ("purge", "celery purge", "grep purged app.log"),
    ("flushall", "redis-cli FLUSHALL", "redis-cli info"),
    ("rm", "rm -rf build", "npm run format"),
    ("rsync", "rsync -a a/ b/", "cat rsyncd.conf"),
    (
      "update-traffic", "gcloud run services update-traffic web --to-latest", "gcloud run services update web"
    ),
    ("no-traffic", "gcloud run deploy web --no-traffic", "gcloud run deploy web --traffic"),
    ("acl ch", "gsutil acl ch -u a:R gs://b", "gsutil acl get gs://b"),
    ("record-sets", "gcloud dns record-sets update a", "gcloud dns managed-zones list"),
    ("set-default-service", "gcloud compute url-maps set-default-service m", "gcloud compute url-maps list"),
    ("secrets versions add", "gcloud secrets versions add key", "gcloud secrets versions list key"),
    ("reset-password", "heroku reset-password", "grep password-reset app.log"),
    ("revoke", "psql -c 'revoke all on t from u'", "grep revoked app.log"),
    ("config:set", "firebase functions:config:set a=b", "firebase functions:config:get"),
    ("terraform apply", "terraform apply plan.out", "terraform plan"),
    ("apply -auto-approve", "tofu apply -auto-approve", "kubectl apply -f x.yaml"),
    ("force-unlock", "terraform force-unlock 1", "terraform output"),
    ("scale … 0", "heroku ps:scale worker=0", "heroku ps:scale worker=10"),
    ("scale … 0", "kubectl scale deploy/web --replicas=0", "kubectl scale deploy/web --replicas=3"),
    ("replicas … 0", "kubectl patch web -p '{\"replicas\": 0}'", "kubectl get replicas"),
  ])
  func aPatternFindsItsCommandAndNotItsLikeness(_ pattern: String, _ command: String, _ harmless: String) {
    #expect(DestructivePatterns.general.contains(pattern))
    #expect(DestructivePatterns().match(command) == pattern)
    #expect(DestructivePatterns().match(harmless) == nil)
  }

  @Test func everyGeneralPatternFindsItself() {
    for pattern in DestructivePatterns.general {
      #expect(DestructivePatterns().match(pattern.replacing("…", with: "web")) != nil, "\(pattern)")
    }
  }

  @Test(arguments: [
    ("terraform \\\n  apply", "terraform apply"),
    ("TERRAFORM   APPLY", "terraform apply"),
    ("echo ok && /bin/rm x", "rm"),
    ("sh -c 'rm x'", "rm"),
    ("a\nb\nrm x", "rm"),
    ("terraform\u{A0}apply", "terraform apply"),
  ])
  func howItIsWrittenDoesNotHideIt(_ command: String, _ pattern: String) {
    #expect(DestructivePatterns().match(command) == pattern)
  }

  @Test func aPlaybookAddsItsOwn() {
    let own = DestructivePatterns(adding: ["firebase deploy", "move ... prod", " ", "…", "-"])
    #expect(own.match("firebase deploy --only functions") == "firebase deploy")
    #expect(own.match("firebase login") == nil)
    #expect(own.match("move a b to prod now") == "move ... prod")
    #expect(own.match("prod: move a b") == nil, "in that order")
    #expect(own.match("ls") == nil, "a pattern without words finds nothing")
  }

  @Test func anEllipsisStandsForAnyWords() {
    let own = DestructivePatterns(adding: ["a … b … c"])
    #expect(own.match("a b c") != nil && own.match("a x y b z c") != nil)
    #expect(own.match("a c b") == nil && own.match("a b") == nil)
  }
}
