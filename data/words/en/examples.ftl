### What is made up to show how it works says so wherever its name stands.
examples-marked = { $name } (example)
