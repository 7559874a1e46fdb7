"""The verbs of a post's life, in their order: draft, check, submit, approve, schedule, deliver, reconcile, verify.

Each opens one transaction, asks the rules, and writes what it did into the record.
"""
