-- The same promises by plain SQL: append-only, balanced at commit, balances kept, locks in order of
-- ids, one entry a key; every line says time, balance and credits after it.
create table bare_account (
    id bigint generated always as identity primary key,
    code varchar(60) not null unique,
    balance bigint not null default 0,
    credited bigint not null default 0,
    floor bigint, ceiling bigint,
    check (floor is null or balance >= floor), check (ceiling is null or balance <= ceiling));
create table bare_entry (
    id bigint generated always as identity primary key,
    kind varchar(16) not null, idem varchar(80) not null unique, at timestamptz not null,
    purpose_kind varchar(24) not null, purpose_id bigint not null, facts jsonb not null);
create index on bare_entry (purpose_kind, purpose_id, id);
create table bare_line (
    id bigint generated always as identity primary key,
    entry_id bigint not null references bare_entry deferrable initially deferred,
    account_id bigint not null references bare_account deferrable initially deferred,
    amount bigint not null check (amount <> 0), at timestamptz not null,
    after bigint not null, credited bigint not null,
    unique (entry_id, account_id));
create index on bare_line (account_id, id);
create index on bare_line (account_id, at, id);
create function bare_frozen() returns trigger language plpgsql as $$
begin raise exception 'append-only' using errcode = 'check_violation'; end $$;
create trigger bare_frozen before update or delete on bare_line
    for each row execute function bare_frozen();
create trigger bare_frozen before update or delete on bare_entry
    for each row execute function bare_frozen();
create function bare_balanced() returns trigger language plpgsql as $$
begin
    if (select count(*) < 2 or sum(amount) <> 0 from bare_line where entry_id = new.id) then
        raise exception 'not balanced' using errcode = 'check_violation';
    end if;
    return null;
end $$;
create constraint trigger bare_balanced after insert on bare_entry
    deferrable initially deferred for each row execute function bare_balanced();
create function bare_transfer(
    idem_ text, at_ timestamptz, source text, target text, amount_ bigint) returns bigint
language plpgsql as $$
declare a bare_account; b bare_account; entry bigint;
begin
    perform from bare_account where code in (source, target) order by id for update;
    select id into entry from bare_entry where idem = idem_;
    if found then return entry; end if;
    select * into a from bare_account where code = source;
    select * into b from bare_account where code = target;
    insert into bare_entry (kind, idem, at, purpose_kind, purpose_id, facts)
    values ('correction', idem_, at_, 'account', 1, '{}') returning id into entry;
    insert into bare_line (entry_id, account_id, amount, at, after, credited)
    values (entry, a.id, -amount_, at_, a.balance - amount_, a.credited),
           (entry, b.id, amount_, at_, b.balance + amount_, b.credited + amount_);
    update bare_account set balance = balance - amount_ where id = a.id;
    update bare_account set balance = balance + amount_, credited = credited + amount_
     where id = b.id;
    return entry;
end $$;
grant select, insert, update on bare_account, bare_entry, bare_line to enishi_app;
