"""Write the filled forms that units of the 2022 sample "sent by e-mail", and the truth about each.

The forms are fiction of our own, marked as sample data in their document properties. They are as
untidy as real ones, because the reader is tested on them. ``sent`` holds what officers typed
beside what they meant; ``word`` and ``excel`` set it on paper; ``truth`` says what a reader must
find. Truth is written by hand and never comes from the reader.
"""
