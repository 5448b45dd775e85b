"""What units register: registrations, their activities, submissions and reviews. Floor 6."""
