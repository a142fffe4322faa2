"""Import this before anything of izin that has models, so that test modules may import them at their top."""

import django

django.setup()
