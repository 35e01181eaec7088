package io.bitting.jdbc;

import io.bitting.audit.Actor;
import io.bitting.id.DisplayName;
import io.bitting.id.MemberId;
import io.bitting.id.OrganizationId;
import io.bitting.id.PersonId;
import io.bitting.member.Member;
import io.bitting.organization.Role;
import io.bitting.seal.Sealed;
import io.bitting.store.MemberFilter;
import io.bitting.store.MemberRow;
import io.bitting.store.StoreException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** The table of members, in one transaction. */
final class Members {
  private static final String KIND = "member";

  /** With the person: a member without one is unreadable, so the join may leave it empty. */
  private static final String SELECT =
      """
      SELECT m.*, p.mail AS person_mail, p.name AS person_name, p.mfa_since AS person_mfa_since,
        p.disabled AS person_disabled, p.created_at AS person_created_at, p.revision AS person_revision,
        p.pepper_version AS person_pepper_version, p.seal AS person_seal, p.last_sign_in_at AS person_last_sign_in_at
      FROM members m LEFT JOIN persons p ON p.id = m.person_id
      """;

  private static final String BY_ID = SELECT + "WHERE m.id = :id";

  private static final String BY_PERSON =
      SELECT + "WHERE m.organization_id = :organization AND m.person_id = :person";

  private static final String OF_ORGANIZATION = "m.organization_id = :organization";
  private static final String AFTER = "(m.joined_at, m.id) < (:afterJoinedAt, :afterId)";
  private static final String NEWEST_FIRST = " ORDER BY m.joined_at DESC, m.id DESC LIMIT :limit";

  /** The text was folded like the name; addresses and ids are ASCII. */
  private static final String OF_TEXT =
      "(p.name_folded LIKE :part ESCAPE '!' OR p.mail LIKE :part ESCAPE '!' OR lower(m.id) LIKE :part ESCAPE '!')";

  private static final String MEMBERSHIPS =
      "SELECT * FROM members WHERE person_id = :person ORDER BY joined_at, id";

  private static final String INSERT =
      """
      INSERT INTO members
        (id, organization_id, person_id, role, joined_at, added_by_kind, added_by, revision, pepper_version, seal)
      VALUES (:id, :organization, :person, :role, :joinedAt, :addedByKind, :addedBy, :revision, :pepperVersion, :seal)
      """;

  /** What the seal covers and this leaves alone has to be what is stored. */
  private static final String UPDATE =
      """
      UPDATE members
      SET role = :role, revision = :revision, pepper_version = :pepperVersion, seal = :seal
      WHERE id = :id AND revision = :revision - 1 AND organization_id = :organization AND person_id = :person
        AND joined_at = :joinedAt AND added_by_kind = :addedByKind AND added_by = :addedBy
      """;

  private static final String DELETE =
      "DELETE FROM members WHERE id = :id AND revision = :revision";

  private final Handle handle;
  private final Seals seals;

  Members(Handle handle, Seals seals) {
    this.handle = handle;
    this.seals = seals;
  }

  Optional<Sealed<MemberRow>> find(MemberId id) {
    return Rows.first(into -> scan(handle.createQuery(BY_ID).bind("id", id.text()), into));
  }

  Optional<Sealed<MemberRow>> find(OrganizationId organization, PersonId person) {
    return Rows.first(into ->
        scan(
            handle
                .createQuery(BY_PERSON)
                .bind("organization", organization.text())
                .bind("person", person.text()),
            into));
  }

  List<Sealed<MemberRow>> page(
      OrganizationId organization,
      MemberFilter filter,
      Optional<MemberFilter.After> after,
      int limit) {
    List<String> conditions = new ArrayList<>(List.of(OF_ORGANIZATION));
    Map<String, Object> values = new HashMap<>(Map.of("organization", organization.text()));
    filter
        .role()
        .ifPresent(role -> {
          conditions.add("m.role = :role");
          values.put("role", role.code());
        });
    filter
        .mfa()
        .ifPresent(mfa -> conditions.add(mfa ? "p.mfa_since IS NOT NULL" : "p.mfa_since IS NULL"));
    filter
        .text()
        .ifPresent(text -> {
          conditions.add(OF_TEXT);
          values.put("part", "%" + KeyPage.escaped(DisplayName.folded(text)) + "%");
        });
    after.ifPresent(place -> {
      conditions.add(AFTER);
      values.put("afterJoinedAt", place.joinedAt().toEpochMilli());
      values.put("afterId", place.id().text());
    });
    String sql = SELECT + "WHERE " + String.join(" AND ", conditions) + NEWEST_FIRST;
    return Rows.list(
        into -> scan(handle.createQuery(sql).bindMap(values).bind("limit", limit), into));
  }

  List<Sealed<Member>> memberships(PersonId person) {
    return Rows.list(into ->
        Rows.each(
            handle.createQuery(MEMBERSHIPS).bind("person", person.text()),
            results ->
                seals
                    .readable(
                        KIND,
                        "id",
                        results,
                        row -> {
                          Member member = member(row);
                          return seals.check(
                              KIND, member.id().text(), member, row.seal(), member.canonical());
                        })
                    .ifPresent(into)));
  }

  void insert(Member member) {
    bind(handle.createUpdate(INSERT), member).execute();
  }

  void update(Member member) {
    if (bind(handle.createUpdate(UPDATE), member).execute() != 1) {
      throw new StoreException(
          "member "
              + member.id()
              + " is not stored at revision "
              + (member.revision() - 1)
              + ", so it was not updated");
    }
  }

  void remove(Member member) {
    int removed =
        handle
            .createUpdate(DELETE)
            .bind("id", member.id().text())
            .bind("revision", member.revision())
            .execute();
    if (removed != 1) {
      throw new StoreException(
          "member "
              + member.id()
              + " is not stored at revision "
              + member.revision()
              + ", so it was not removed");
    }
  }

  private Update bind(Update statement, Member member) {
    return seals
        .bind(statement, member.canonical())
        .bind("id", member.id().text())
        .bind("organization", member.organization().text())
        .bind("person", member.person().text())
        .bind("role", member.role().code())
        .bind("joinedAt", member.joinedAt().toEpochMilli())
        .bind("addedByKind", member.addedBy().kind().code())
        .bind("addedBy", member.addedBy().id())
        .bind("revision", member.revision());
  }

  private void scan(Query query, Consumer<Sealed<MemberRow>> into) {
    Rows.each(query, results -> seals.readable(KIND, "id", results, this::read).ifPresent(into));
  }

  private Sealed<MemberRow> read(Row row) throws SQLException {
    Member member = member(row);
    MemberRow read =
        new MemberRow(
            member, Persons.read(row, "person_", seals), row.timeOrNull("person_last_sign_in_at"));
    return seals.check(KIND, member.id().text(), read, row.seal(), member.canonical());
  }

  private static Member member(Row row) throws SQLException {
    return new Member(
        row.parsed("id", MemberId::parse),
        row.parsed("organization_id", OrganizationId::parse),
        row.parsed("person_id", PersonId::parse),
        row.parsed("role", Role::of),
        row.time("joined_at"),
        new Actor(row.parsed("added_by_kind", Actor.Kind::of), row.text("added_by")),
        row.number("revision"));
  }
}
