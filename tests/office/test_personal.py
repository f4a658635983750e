"""Personal data: sealed in the database, found by hash, masked on the screen, absent elsewhere."""

import base64

import pytest
from django.core import serializers
from django.core.exceptions import FieldError, ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import isolate_apps, override_settings
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from office import personal
from office.personal import ciphers

OLD, NEW, INDEX = (base64.b64encode(bytes([mark]) * 32).decode() for mark in (1, 2, 3))
PHONE = "13812345678"
ID_NUMBER = "11010519491231002X"
CIPHERS = ["AES-256-GCM", "SM4-GCM"]


@pytest.fixture(autouse=True)
def keys(settings):
    settings.PERSONAL_DATA_CIPHER = "AES-256-GCM"
    settings.PERSONAL_DATA_KEYS = {"old": OLD}
    settings.PERSONAL_DATA_INDEX_KEY = INDEX
    with translation.override("en"):
        yield settings


@pytest.fixture(scope="module")
def person():
    """A throw-away model; what the fields do must not depend on any model of the register."""
    with isolate_apps("office"):

        class Person(models.Model):
            name = models.CharField(max_length=10)
            id_number = personal.EncryptedTextField(default="", max_length=18)
            id_number_hash = personal.LookupHashField(source="id_number")
            phone = personal.EncryptedTextField(null=True)
            phone_hash = personal.LookupHashField(source="phone")
            note = personal.EncryptedTextField(blank=True, default="")

            class Meta:
                app_label = "office"
                constraints = [
                    models.UniqueConstraint(
                        fields=["id_number_hash"],
                        condition=models.Q(id_number_hash__isnull=False),
                        name="person_id_number_once",
                        violation_error_message="This ID number is taken.",
                    )
                ]

        yield Person


@pytest.fixture(scope="module")
def table(person, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            editor.create_model(person)
        yield
        with connection.schema_editor() as editor:
            editor.delete_model(person)


@pytest.fixture
def people(person, table, db):
    return person


def stored(people, name):
    rows = people.objects.order_by("pk").annotate(raw=personal.stored_text(name))
    return list(rows.values_list("raw", flat=True))


# Sealing


@pytest.mark.parametrize("cipher", CIPHERS)
@given(text=st.text(min_size=1, max_size=60))
def test_what_was_sealed_opens_again(cipher, text):
    with override_settings(PERSONAL_DATA_CIPHER=cipher):
        sealed = personal.seal(text, "people.note")

        assert personal.unseal(sealed, "people.note") == text


@pytest.mark.parametrize(("cipher", "name"), [("AES-256-GCM", "A256GCM"), ("SM4-GCM", "SM4GCM")])
def test_a_sealed_text_names_its_algorithm_and_its_key(keys, cipher, name):
    keys.PERSONAL_DATA_CIPHER = cipher

    assert personal.seal(PHONE, "people.phone").split(".")[:2] == [name, "old"]


def test_the_same_text_never_seals_to_the_same_twice():
    assert personal.seal(PHONE, "people.phone") != personal.seal(PHONE, "people.phone")


@pytest.mark.parametrize("cipher", CIPHERS)
def test_a_sealed_text_opens_only_in_its_own_column(keys, cipher):
    keys.PERSONAL_DATA_CIPHER = cipher
    sealed = personal.seal(PHONE, "people.phone")

    with pytest.raises(personal.Unreadable) as refused:
        personal.unseal(sealed, "people.note")
    assert str(refused.value) == "people.note: a sealed text was altered or moved."


@pytest.mark.parametrize("cipher", CIPHERS)
@pytest.mark.parametrize("place", [0, 20, -1])
def test_an_altered_text_does_not_open(keys, cipher, place):
    keys.PERSONAL_DATA_CIPHER = cipher
    head, body = personal.seal(PHONE, "people.phone").rsplit(".", 1)
    data = bytearray(base64.urlsafe_b64decode(body))
    data[place] ^= 1
    altered = f"{head}.{base64.urlsafe_b64encode(data).decode()}"

    with pytest.raises(personal.Unreadable):
        personal.unseal(altered, "people.phone")


@pytest.mark.parametrize("stored", ["13812345678", "A256GCM.old.YQ", "A256GCM.old.YQ=="])
def test_what_was_never_sealed_does_not_open_and_is_not_repeated(stored):
    with pytest.raises(personal.Unreadable) as refused:
        personal.unseal(stored, "people.phone")
    assert [stored in str(refused.value), refused.value.__cause__] == [False, None]


def test_a_sealed_text_without_its_key_says_which_key_is_missing(keys):
    sealed = personal.seal(PHONE, "people.phone")
    keys.PERSONAL_DATA_KEYS = {"new": NEW}

    with pytest.raises(personal.Unreadable) as refused:
        personal.unseal(sealed, "people.phone")
    assert str(refused.value) == "people.phone: there is no A256GCM key “old” in the settings."


def test_a_new_key_seals_while_the_old_one_still_opens(keys):
    sealed = personal.seal(PHONE, "people.phone")
    keys.PERSONAL_DATA_KEYS = {"new": NEW, "old": OLD}

    assert personal.unseal(sealed, "people.phone") == PHONE
    assert personal.needs_rotation(sealed) is True
    assert personal.needs_rotation(personal.seal(PHONE, "people.phone")) is False


def test_another_algorithm_asks_for_rotation_too(keys):
    sealed = personal.seal(PHONE, "people.phone")
    keys.PERSONAL_DATA_CIPHER = "SM4-GCM"

    assert personal.needs_rotation(sealed) is True
    assert personal.unseal(sealed, "people.phone") == PHONE


def test_a_hash_depends_on_text_key_and_column_but_not_on_how_it_was_typed(keys):
    first = personal.keyed_hash("0575-88123456", "people.phone")

    assert personal.keyed_hash(" ０５７５ 8812 3456", "people.phone") == first
    assert personal.keyed_hash("0575-88123457", "people.phone") != first
    assert personal.keyed_hash("0575-88123456", "people.note") != first
    keys.PERSONAL_DATA_INDEX_KEY = NEW
    assert personal.keyed_hash("0575-88123456", "people.phone") != first


@pytest.mark.parametrize("text", [None, "", "  ", "-"])
def test_no_text_has_no_hash(text):
    assert personal.keyed_hash(text, "people.phone") is None


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        (
            "PERSONAL_DATA_CIPHER",
            "ROT13",
            "PERSONAL_DATA_CIPHER must be one of AES-256-GCM, SM4-GCM.",
        ),
        ("PERSONAL_DATA_KEYS", {}, "PERSONAL_DATA_KEYS holds no key."),
        (
            "PERSONAL_DATA_KEYS",
            {"a.b": OLD},
            "A key id in PERSONAL_DATA_KEYS has characters other than letters, digits, -, _.",
        ),
        (
            "PERSONAL_DATA_KEYS",
            {"1": "c2hvcnQ="},
            "The key “1” in PERSONAL_DATA_KEYS must be 32 bytes in base64: 5 bytes instead of 32.",
        ),
        (
            "PERSONAL_DATA_INDEX_KEY",
            "not base64!",
            "PERSONAL_DATA_INDEX_KEY must be 32 bytes in base64: not base64.",
        ),
    ],
)
def test_keys_that_cannot_work_stop_the_start(keys, name, value, fault):
    setattr(keys, name, value)

    assert [error.msg for error in ciphers.personal_data_can_be_sealed(None)] == [fault]


@pytest.mark.parametrize("cipher", CIPHERS)
def test_good_keys_pass_the_check(keys, cipher):
    keys.PERSONAL_DATA_CIPHER = cipher

    assert ciphers.personal_data_can_be_sealed(None) == []


# The fields on a database


def test_the_database_holds_no_plain_text_and_the_row_reads_back(people):
    people.objects.create(name="张三", id_number=ID_NUMBER, phone=PHONE, note="密")

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM office_person")
        columns = " ".join(map(str, cursor.fetchone()))
    row = people.objects.get()

    assert [text in columns for text in (ID_NUMBER, PHONE, "密")] == [False, False, False]
    assert (row.id_number, row.phone, row.note) == (ID_NUMBER, PHONE, "密")
    assert list(people.objects.values_list("phone", flat=True)) == [PHONE]


def test_no_text_and_null_stay_what_they_are_and_have_no_hash(people):
    people.objects.create(name="张三", id_number="", phone=None)
    people.objects.create(name="李四", id_number="", phone=None)

    assert stored(people, "id_number") == ["", ""]
    assert stored(people, "phone") == [None, None]
    assert list(people.objects.values_list("id_number_hash", "phone_hash")) == [(None, None)] * 2


def test_a_row_is_found_by_plain_text_however_it_is_typed(people):
    row = people.objects.create(name="张三", id_number=ID_NUMBER, phone=PHONE)
    other = people.objects.create(name="李四", phone="13900000000")
    found = people.objects.order_by("pk")

    assert list(found.filter(id_number_hash__of="11010519491231002x")) == [row]
    assert list(found.filter(phone_hash__of="138-1234-5678")) == [row]
    assert list(found.filter(phone_hash__of_any=[PHONE, "13900000000", ""])) == [row, other]
    assert list(found.filter(phone_hash=personal.lookup_hash(people, "phone", PHONE))) == [row]
    assert list(found.filter(phone_hash__of="")) == []
    assert list(found.filter(phone_hash__of_any=[])) == []
    assert list(found.filter(phone_hash__of=ID_NUMBER)) == []


def test_rows_made_in_bulk_are_sealed_and_found(people):
    people.objects.bulk_create(people(name=str(n), phone=f"1380000000{n}") for n in range(3))

    assert people.objects.get(phone_hash__of="13800000001").name == "1"
    assert [text.split(".")[0] for text in stored(people, "phone")] == ["A256GCM"] * 3


def test_rows_replaced_in_bulk_take_their_hash_along(people):
    row = people.objects.create(name="张三", phone=PHONE)
    row.phone = "13900000000"

    people.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["phone", "phone_hash"],
    )

    assert people.objects.get(phone_hash__of="13900000000").phone == "13900000000"


def test_a_changed_text_changes_its_hash_on_the_row_at_once_and_in_the_database_on_save(people):
    row = people.objects.create(name="张三", phone=PHONE)
    row.phone = "13900000000"

    assert row.phone_hash == personal.lookup_hash(people, "phone", "13900000000")
    row.save()
    assert people.objects.filter(phone_hash__of="13900000000").count() == 1


def test_update_or_create_takes_the_hash_along(people):
    people.objects.create(name="张三", phone=PHONE)

    people.objects.update_or_create(name="张三", defaults={"phone": "13900000000"})

    assert people.objects.get(phone_hash__of="13900000000").phone == "13900000000"


def test_an_assigned_hash_never_shows(people):
    row = people(name="张三", phone=PHONE, phone_hash="0" * 64)

    assert row.phone_hash == personal.lookup_hash(people, "phone", PHONE)


def test_text_and_hash_are_saved_together_or_not_at_all(people):
    row = people.objects.create(name="张三", phone=PHONE)
    row.phone = "13900000000"

    with pytest.raises(FieldError) as refused:
        row.save(update_fields=["phone"])
    row.save(update_fields=["phone", "phone_hash"])

    assert str(refused.value) == "Save “phone” and “phone_hash” together."
    assert people.objects.filter(phone_hash__of="13900000000").count() == 1


def test_saving_only_other_fields_leaves_personal_data_alone(people):
    row = people.objects.create(name="张三", phone=PHONE)
    before = stored(people, "phone")

    people.objects.only("name").get(pk=row.pk).save()
    row.save(update_fields=["name"])

    assert stored(people, "phone") == before


def test_a_row_with_its_hash_deferred_refuses_to_save_half(people):
    people.objects.create(name="张三", phone=PHONE)
    row = people.objects.defer("phone_hash").get()

    with pytest.raises(FieldError):
        row.save()


@pytest.mark.parametrize(
    "write",
    [
        lambda rows: rows.update(phone="13900000000"),
        lambda rows: rows.update(phone=""),
        lambda rows: rows.update(phone=None),
        lambda rows: rows.bulk_update(list(rows), ["phone"]),
        lambda rows: rows.bulk_update(list(rows), ["phone", "phone_hash"]),
    ],
)
def test_writing_past_the_row_is_refused_where_it_would_leave_the_hash_behind(people, write):
    people.objects.create(name="张三", phone=PHONE)

    with pytest.raises(FieldError) as refused, transaction.atomic():
        write(people.objects.all())
    assert str(refused.value) == (
        "office.Person.phone has a keyed hash that would be left behind: save the row, or write "
        "update(**personal_values(Person, phone=...))."
    )
    assert people.objects.filter(phone_hash__of=PHONE).count() == 1


@pytest.mark.parametrize("text", ["13900000000", None])
def test_personal_values_write_text_and_hash_together(people, text):
    people.objects.create(name="张三", phone=PHONE)

    people.objects.update(**personal.personal_values(people, phone=text, note="记"))

    row = people.objects.values("phone", "phone_hash", "note").get()
    hash_ = personal.lookup_hash(people, "phone", text)
    assert row == {"phone": text, "phone_hash": hash_, "note": "记"}


def test_a_text_without_a_hash_may_be_written_by_update(people):
    people.objects.create(name="张三")

    people.objects.update(note="记")

    assert people.objects.get().note == "记"
    assert stored(people, "note")[0].split(".")[0] == "A256GCM"


def test_an_expression_is_not_saved_as_plain_text(people):
    with pytest.raises(FieldError) as refused:
        people.objects.create(name="张三", note=models.F("name"))
    assert str(refused.value) == (
        "office.Person.note takes text only: an expression would be stored unencrypted."
    )


@pytest.mark.parametrize("lookup", ["exact", "contains", "in", "startswith", "length", "gt"])
def test_asking_the_encrypted_column_is_refused_with_the_way_that_works(people, lookup):
    with pytest.raises(FieldError) as refused:
        people.objects.filter(**{f"phone__{lookup}": PHONE})
    assert str(refused.value) == (
        f"office.Person.phone is encrypted, “{lookup}” cannot be asked of it: "
        "find rows by phone_hash__of."
    )


def test_a_column_without_hash_says_so_and_can_still_be_asked_for_null(people):
    people.objects.create(name="张三")

    with pytest.raises(FieldError) as refused:
        people.objects.filter(note="记")
    assert str(refused.value) == (
        "office.Person.note is encrypted, “exact” cannot be asked of it: "
        "it has no hash to find rows by."
    )
    assert people.objects.filter(phone__isnull=True).count() == 1


def test_asking_the_hash_for_a_plain_text_is_refused_without_repeating_it(people):
    with pytest.raises(ValueError, match="phone_hash") as refused:
        people.objects.filter(phone_hash=PHONE)
    assert str(refused.value) == (
        "office.Person.phone_hash holds hashes: ask “phone_hash__of” for a plain text."
    )


def test_a_second_row_with_the_same_number_is_refused_in_words_and_by_the_database(people):
    people.objects.create(name="张三", id_number=ID_NUMBER)
    second = people(name="李四", id_number=ID_NUMBER.lower(), phone=PHONE)

    with pytest.raises(ValidationError) as refused:
        second.full_clean()
    with pytest.raises(IntegrityError) as barred, transaction.atomic():
        people.objects.bulk_create([second])

    assert refused.value.messages == ["This ID number is taken."]
    assert [ID_NUMBER in str(barred.value).upper()] == [False]


def test_a_text_that_is_too_long_is_refused_without_repeating_it(people):
    with pytest.raises(ValidationError) as refused:
        people(name="张三", id_number="1" * 19, phone=PHONE, note="-").full_clean()

    assert refused.value.messages == ["At most 18 characters are possible; this has 19."]
    assert ["1" * 19 in repr(vars(error)) for error in refused.value.error_dict["id_number"]] == [
        False
    ]


def test_sealed_text_is_not_taken_for_plain_text(people):
    sealed = personal.seal(PHONE, "office_person.phone")

    with pytest.raises(ValidationError) as refused:
        people(name="张三", phone=sealed, id_number="-", note="-").full_clean()
    assert refused.value.messages == ["This is encrypted text; give the plain text."]


def test_a_row_written_to_a_file_carries_sealed_text(people):
    people.objects.create(name="张三", id_number=ID_NUMBER, phone=PHONE)

    written = serializers.serialize("json", people.objects.all())

    assert [ID_NUMBER in written, PHONE in written] == [False, False]


def test_queries_carry_no_plain_text(people, django_assert_num_queries):
    with django_assert_num_queries(2) as made:
        people.objects.create(name="张三", id_number=ID_NUMBER, phone=PHONE)
        people.objects.get(id_number_hash__of=ID_NUMBER)

    sql = " ".join(query["sql"] for query in made.captured_queries)
    assert [ID_NUMBER in sql, PHONE in sql] == [False, False]


def test_the_fields_rebuild_from_their_description(person):
    for name in ("id_number", "id_number_hash"):
        field = person._meta.get_field(name)
        _, _, args, kwargs = field.deconstruct()

        assert type(field)(*args, **kwargs).deconstruct()[2:] == (args, kwargs)
    assert kwargs == {"source": "id_number"}


@isolate_apps("office")
def test_a_wrong_declaration_is_found_by_the_system_check():
    class Wrong(models.Model):
        name = models.CharField(max_length=10)
        phone = personal.EncryptedTextField(unique=True)
        name_hash = personal.LookupHashField(source="name")

        class Meta:
            app_label = "office"

    assert sorted(error.id for error in Wrong.check() if error.id.startswith("office.")) == [
        "office.E003",
        "office.E004",
    ]


# Showing


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("13812345678", "138****5678"),
        ("0575-88123456", "0575-****3456"),
        ("0575-8812345", "0575-***2345"),
        ("010-62345678", "010-****5678"),
        ("0575-88123456-801", "0575-****3456-***"),
        ("12345", "*****"),
        ("1", "*"),
        ("", ""),
    ],
)
def test_a_phone_is_masked(number, shown):
    assert personal.mask_phone(number) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("350102199003074123", "35*************123"),
        ("11010519491231002X", "11*************02X"),
        ("110105491231002", "***************"),
        ("12", "**"),
        ("", ""),
    ],
)
def test_a_resident_id_is_masked(number, shown):
    assert personal.mask_resident_id(number) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("浙绍调20260001234", "浙绍调********234"),
        ("3306812026000001", "3306********0001"),
        ("33068120260000000001", "3306************0001"),
        ("ABCD", "A**D"),
        ("ABC", "***"),
        ("", ""),
    ],
)
def test_a_certificate_number_is_masked(number, shown):
    assert personal.mask_certificate(number) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [("张三", "张*"), ("张三丰", "张**"), ("买买提·吐尔逊", "买**"), ("张", "张*"), ("", "")],
)
def test_a_name_is_masked(name, shown):
    assert personal.mask_name(name) == shown


@given(st.text(max_size=30))
def test_a_mask_of_anything_shows_at_most_what_a_mask_of_its_kind_shows(text):
    for mask, limit in [
        (personal.mask_phone, 8),
        (personal.mask_resident_id, 5),
        (personal.mask_certificate, 8),
        (personal.mask_name, 1),
    ]:
        shown = [mark for mark in mask(text) if mark not in "*-"]
        assert len(shown) <= limit


@pytest.mark.parametrize("reason", ["", "  "])
def test_unmasking_needs_a_reason(person, reason):
    with pytest.raises(ValidationError) as refused:
        personal.unmasked(person(phone=PHONE), "phone", reason=reason)
    assert refused.value.messages == ["State the reason for which you need to see it in full."]


def test_unmasking_with_a_reason_gives_the_plain_text_of_encrypted_fields_only(person):
    row = person(name="张三", phone=PHONE)

    assert personal.unmasked(row, "phone", reason="核对身份") == PHONE
    with pytest.raises(FieldError) as refused:
        personal.unmasked(row, "name", reason="核对身份")
    assert str(refused.value) == "office.Person.name is not an encrypted field."
