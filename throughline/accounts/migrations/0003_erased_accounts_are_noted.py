import throughline.foundation.clock
from django.db import migrations, models


def note_the_erased(apps, schema_editor):
    """Accounts that were erased before this was kept: their empty rows, as long as something points at them."""
    Person, Erased = apps.get_model('accounts', 'Person'), apps.get_model('accounts', 'Erased')
    empty = Person.objects.filter(is_active=False, email__endswith='@erased.invalid')
    Erased.objects.bulk_create(
        [Erased(pk=key) for key in empty.values_list('pk', flat=True)], ignore_conflicts=True
    )


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_exports_and_closures'),
    ]

    operations = [
        migrations.CreateModel(
            name='Erased',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=throughline.foundation.clock.now)),
            ],
        ),
        migrations.RunPython(note_the_erased, migrations.RunPython.noop),
    ]
