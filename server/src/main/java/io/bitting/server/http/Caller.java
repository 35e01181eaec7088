package io.bitting.server.http;

import io.bitting.access.VerifiedKey;
import io.bitting.id.MemberId;
import io.bitting.id.OrganizationId;
import io.bitting.id.PersonId;
import io.bitting.id.SignInId;

/** Who asks: a key, or a person who is signed in. */
public sealed interface Caller {

  /** Returns the organization that it acts in. */
  OrganizationId organization();

  /**
   * A key, which a check found to be what it says.
   *
   * @param key the key
   */
  record Key(VerifiedKey key) implements Caller {
    @Override
    public OrganizationId organization() {
      return key.organization();
    }
  }

  /**
   * A member in a browser. What the member may do is asked inside each transaction.
   *
   * @param organization the organization that the member looks at
   * @param member the member
   * @param person the member's person
   * @param signIn the sign-in that was proved by its cookie
   */
  record Member(OrganizationId organization, MemberId member, PersonId person, SignInId signIn)
      implements Caller {}
}
