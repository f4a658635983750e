from datetime import timedelta

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from complaints.actions import sweep_wechat_messages

# Far longer than any task takes: who holds one for so long was killed.
LOST_AFTER = timedelta(hours=6)
KEPT_FOR = timedelta(days=30)


class Command(BaseCommand):
    help = "Puts the tasks of killed workers back in the queue; removes what is old or dead."

    def handle(self, **options):
        now = timezone.now()
        lost = DBTaskResult.objects.running().filter(started_at__lt=now - LOST_AFTER)
        if count := lost.update(status="READY", started_at=None):
            self.stdout.write(f"{count} tasks back in the queue")
        DBTaskResult.objects.finished().filter(finished_at__lt=now - KEPT_FOR).delete()
        call_command("sweep_drafts", stdout=self.stdout)
        call_command("sweep_openings", stdout=self.stdout)
        call_command("sweep_destroyed", stdout=self.stdout)
        call_command("sweep_orphans", stdout=self.stdout)
        sweep_wechat_messages(now=now)
        call_command("clearsessions")
