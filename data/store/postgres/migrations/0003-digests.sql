-- What a record was saved with, so that a change by anything but the bot is found; null in a row of before, until its next save.

alter table people add column digest text;
alter table contracts add column digest text;
alter table tickets add column digest text;
alter table help_desks add column digest text;
alter table chats add column digest text;
alter table ratings add column digest text;
alter table gaps add column digest text;
alter table pictures add column digest text;
