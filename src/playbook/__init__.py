"""The calculations behind the Cloud Systems Playbook."""
