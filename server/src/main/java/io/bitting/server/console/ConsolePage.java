package io.bitting.server.console;

/** One page with all that it shows. */
sealed interface ConsolePage
    permits KeysPage,
        NewKeyPage,
        RevealPage,
        KeyPage,
        RotatePage,
        RevokePage,
        RevokeKeysPage,
        ReviewPage,
        CatalogPage,
        ImportPage,
        OperationsPage,
        OperationPage,
        AuditPage,
        MembersPage,
        MemberPage,
        SettingsPage,
        AccountPage,
        EnrolPage,
        CodesPage,
        SignInPage,
        SecondFactorPage,
        SetupPage,
        JoinPage,
        RefusalPage {

  /** What it is called: the heading, and the beginning of the window's title. */
  String title();

  /** Where in the navigation it is. */
  Section section();
}
