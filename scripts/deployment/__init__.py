"""./scripts/deploy: from serverless.yml and the built packages to functions that run in the cloud.

options, settings                what was asked, and the values and keys of the environment
wanted                           serverless.yml and the package list as the cloud is to be
cloud                            the APIs of Tencent Cloud behind one call, and the bucket
parts                            one module per kind of thing: what is there, what is wanted, the steps between
plan, show                       all steps in their order, as a diff without secrets
rollback                         the alias back to the version before the last release
errors                           one line for each thing that can go wrong, and what to do about it
"""
