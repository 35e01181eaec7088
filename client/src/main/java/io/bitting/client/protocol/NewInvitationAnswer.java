package io.bitting.client.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * An invitation that was just made. Whoever has its code becomes the member.
 *
 * @param invitation the invitation
 * @param code accepts it, once; withheld where the answer is given again
 * @param link the address of the page that accepts it; withheld with the code, which is in it
 * @param message a text to send to whom it is for; withheld with the code, which is in it
 * @param sent whether a mail server took the message; false if it did not, if nobody knows, and if
 *     the server sends no mail; null where the answer is given again
 */
public record NewInvitationAnswer(
    InvitationAnswer invitation,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) SecretText code,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) SecretText link,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) SecretText message,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean sent) {
  /** Takes what is missing for what is withheld. */
  public NewInvitationAnswer {
    code = SecretText.orWithheld(code);
    link = SecretText.orWithheld(link);
    message = SecretText.orWithheld(message);
  }

  @JsonProperty("secret_available")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Nullable Boolean secretAvailable() {
    return code.availability();
  }
}
