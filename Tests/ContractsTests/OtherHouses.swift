/// Manifests as other users of nais write them: with every setting, and with what tools of theirs put beside it.
enum OtherHouses {
    struct Manifest: Sendable {
        let name: String
        let text: String
        /// What the bus would need besides, without the file.
        let findings: [String]
    }

    static let all = [everySetting, compacted, templated]

    /// Every setting that nais knows, each with a value of its own.
    static let everySetting = Manifest(
        name: "every-setting",
        text: """
            ---
            apiVersion: kafka.nais.io/v1
            kind: Topic
            metadata:
              name: sykepengesoknad-mottatt
              namespace: helse
              labels:
                team: helse
                app.kubernetes.io/managed-by: Helm
                helm.sh/chart: topics-1.4.2
              annotations:
                dcat.data.nav.no/title: "Mottatte søknader"
                dcat.data.nav.no/keyword: "sykepenger,søknad"
                dcat.data.nav.no/theme: sykefravaer
                kafka.nais.io/removeDataWhenResourceIsDeleted: "true"
                nais.io/deploymentCorrelationID: 6f1c0d0e-7f0b-4c52-9a3c-0d2f3a1b4c5d
                kubectl.kubernetes.io/last-applied-configuration: |
                  {"apiVersion":"kafka.nais.io/v1","kind":"Topic"}
            spec:
              pool: nav-prod
              config:
                cleanupPolicy: delete
                deleteRetentionHours: 72
                localRetentionBytes: 1073741824
                localRetentionHours: 12
                maxCompactionLagMs: 3600000
                maxMessageBytes: 1048588
                minCleanableDirtyRatioPercent: 50
                minCompactionLagMs: 60000
                minimumInSyncReplicas: 2
                partitions: 12
                replication: 3
                retentionBytes: -1
                retentionHours: 336
                segmentHours: 168
              acl:
                - team: helse
                  application: soknad-mottak
                  access: write
                - team: helse
                  application: spleis
                  access: readwrite
                - team: dataplattform
                  application: lytter
                  access: read

            """,
        findings: [
            "5:9: 'sykepengesoknad-mottatt' is no name of a topic; write an English noun and a version, such as "
                + "'birth.v1' or 'case-status.v2'",
            "12:5: metadata.annotations lacks the key 'livsbuss.se/class'",
            "12:5: metadata.annotations lacks the key 'livsbuss.se/purposes'",
            "12:5: metadata.annotations lacks the key 'livsbuss.se/title-sv'",
            "12:5: metadata.annotations lacks the key 'livsbuss.se/title-en'",
        ])

    /// A compacted topic with a wildcard and without annotations.
    static let compacted = Manifest(
        name: "compacted",
        text: """
            apiVersion: kafka.nais.io/v1
            kind: Topic
            metadata:
              name: person-status-v2
              namespace: pdl
              labels: {team: pdl, backstage.io/kubernetes-id: person-status}
              ownerReferences: []
              finalizers:
                - finalizer.kafka.nais.io
            spec:
              pool: nav-dev
              config:
                cleanupPolicy: compact,delete
                minCleanableDirtyRatioPercent: 25%
                partitions: 6
                replication: 2
                retentionHours: -1
                retentionBytes: -1
                segmentHours: 1
              acl:
                - {team: pdl, application: person-register, access: readwrite}
                - {team: "*", application: "*", access: read}
            status:
              fullyQualifiedName: pdl.person-status-v2
              synchronizationState: RolloutComplete
              synchronizationTime: "2026-01-12T08:31:04Z"
              synchronizationHash: "8d1f5e2b"
              errors: []

            """,
        findings: [
            "4:3: metadata.annotations lacks the key 'livsbuss.se/class'",
            "4:3: metadata.annotations lacks the key 'livsbuss.se/purposes'",
            "4:3: metadata.annotations lacks the key 'livsbuss.se/title-sv'",
            "4:3: metadata.annotations lacks the key 'livsbuss.se/title-en'",
            "4:9: 'person-status-v2' is no name of a topic; write an English noun and a version, such as 'birth.v1' or "
                + "'case-status.v2'",
            "16:18: 2 replicas: one broker that is down for maintenance leaves a single copy; use 3 or more",
            "16:18: minimumInSyncReplicas is all 2 replicas: one broker that is down stops all writes",
            "17:21: personal data (class not said) is kept for ever; write down when it goes (GDPR article 5.1 e)",
            "22:7: a wildcard gives access to branches that nobody has named; write a row for each",
        ])

    /// Without `config`, quoted as a template leaves it, in the style of JSON.
    static let templated = Manifest(
        name: "templated",
        text: """
            # Source: topics/templates/topic.yaml
            "apiVersion": "kafka.nais.io/v1"
            "kind": "Topic"
            "metadata":
              "name": "vedtak.v1"
              "namespace": "arbeid"
              "labels": {"team": "arbeid", "argocd.argoproj.io/instance": "topics"}
              "annotations": {"argocd.argoproj.io/sync-wave": "-1", "prometheus.io/scrape": "false"}
            "spec":
              "pool": "nav-prod"
              "acl": [{"team": "arbeid", "application": "vedtak", "access": "readwrite"}]

            """,
        findings: [
            "8:18: metadata.annotations lacks the key 'livsbuss.se/class'",
            "8:18: metadata.annotations lacks the key 'livsbuss.se/purposes'",
            "8:18: metadata.annotations lacks the key 'livsbuss.se/title-sv'",
            "8:18: metadata.annotations lacks the key 'livsbuss.se/title-en'",
            "10:3: spec.config lacks the key 'retentionHours'",
        ])
}
