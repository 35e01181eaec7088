package io.bitting.jdbc;

import io.bitting.audit.Actor;
import io.bitting.id.InvitationId;
import io.bitting.id.OrganizationId;
import io.bitting.member.Invitation;
import io.bitting.member.MailAddress;
import io.bitting.organization.Role;
import io.bitting.seal.Bytes;
import io.bitting.seal.Sealed;
import io.bitting.store.PeopleReader.InvitedAfter;
import io.bitting.store.StoreException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The table of invitations, in one transaction. */
final class Invitations {
  private static final String KIND = "invitation";

  private static final String BY_ID = "SELECT * FROM invitations WHERE id = :id";
  private static final String BY_DIGEST = "SELECT * FROM invitations WHERE digest = :digest";

  private static final String BY_MAIL =
      "SELECT * FROM invitations WHERE organization_id = :organization AND mail = :mail";

  private static final String PAGE =
      """
      SELECT * FROM invitations
      WHERE organization_id = :organization AND (created_at, id) < (:afterCreatedAt, :afterId)
      ORDER BY created_at DESC, id DESC LIMIT :limit
      """;

  private static final String INSERT =
      """
      INSERT INTO invitations
        (id, organization_id, mail, role, digest, created_at, created_by_kind, created_by, expires_at, pepper_version, seal)
      VALUES (:id, :organization, :mail, :role, :digest, :createdAt, :createdByKind, :createdBy, :expiresAt,
        :pepperVersion, :seal)
      """;

  private static final String DELETE = "DELETE FROM invitations WHERE id = :id";

  private final Handle handle;
  private final Seals seals;

  Invitations(Handle handle, Seals seals) {
    this.handle = handle;
    this.seals = seals;
  }

  Optional<Sealed<Invitation>> find(InvitationId id) {
    return first(handle.createQuery(BY_ID).bind("id", id.text()));
  }

  Optional<Sealed<Invitation>> find(Bytes digest) {
    return first(handle.createQuery(BY_DIGEST).bind("digest", digest.toArray()));
  }

  Optional<Sealed<Invitation>> find(OrganizationId organization, MailAddress mail) {
    return first(
        handle
            .createQuery(BY_MAIL)
            .bind("organization", organization.text())
            .bind("mail", mail.text()));
  }

  List<Sealed<Invitation>> page(
      OrganizationId organization, Optional<InvitedAfter> after, int limit) {
    return Rows.list(into ->
        scan(
            handle
                .createQuery(PAGE)
                .bind("organization", organization.text())
                .bind(
                    "afterCreatedAt",
                    after.map(last -> last.createdAt().toEpochMilli()).orElse(Long.MAX_VALUE))
                .bind("afterId", after.map(last -> last.id().text()).orElse(""))
                .bind("limit", limit),
            into));
  }

  void insert(Invitation invitation) {
    seals
        .bind(handle.createUpdate(INSERT), invitation.canonical())
        .bind("id", invitation.id().text())
        .bind("organization", invitation.organization().text())
        .bind("mail", invitation.mail().text())
        .bind("role", invitation.role().code())
        .bind("digest", invitation.digest().toArray())
        .bind("createdAt", invitation.createdAt().toEpochMilli())
        .bind("createdByKind", invitation.createdBy().kind().code())
        .bind("createdBy", invitation.createdBy().id())
        .bind("expiresAt", invitation.expiresAt().toEpochMilli())
        .execute();
  }

  /** Of two that remove an invitation at once only one succeeds, so it is used once. */
  void remove(Invitation invitation) {
    if (handle.createUpdate(DELETE).bind("id", invitation.id().text()).execute() != 1) {
      throw new StoreException(invitation + " is gone, so it was not removed");
    }
  }

  private Optional<Sealed<Invitation>> first(Query query) {
    return Rows.first(into -> scan(query, into));
  }

  private void scan(Query query, Consumer<Sealed<Invitation>> into) {
    Rows.each(query, results -> seals.readable(KIND, "id", results, this::read).ifPresent(into));
  }

  private Sealed<Invitation> read(Row row) throws SQLException {
    Invitation invitation =
        new Invitation(
            row.parsed("id", InvitationId::parse),
            row.parsed("organization_id", OrganizationId::parse),
            row.parsed("mail", Persons::stored),
            row.parsed("role", Role::of),
            row.bytes("digest"),
            row.time("created_at"),
            new Actor(row.parsed("created_by_kind", Actor.Kind::of), row.text("created_by")),
            row.time("expires_at"));
    return seals.check(
        KIND, invitation.id().text(), invitation, row.seal(), invitation.canonical());
  }
}
