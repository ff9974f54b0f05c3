"""One module per kind of thing in the cloud. Each reads what is there and adds the missing steps to the plan."""
