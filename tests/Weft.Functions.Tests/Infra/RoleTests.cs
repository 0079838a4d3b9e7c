namespace Weft.Functions.Tests.Infra;

/// <summary>Who may what, by Azure's built-in roles.</summary>
public sealed class RoleTests
{
    /// <summary>What the app may: the account and the role.</summary>
    private static readonly string[] Granted =
    [
        "accounts Cognitive Services OpenAI User", "components Monitoring Metrics Publisher", "namespaces Service Bus Data Receiver",
        "namespaces Service Bus Data Sender", "storageAccounts Blob Data Owner", "storageAccounts Blob Data Owner",
        "storageAccounts Queue Data Contributor", "storageAccounts Queue Data Contributor", "storageAccounts Table Data Contributor",
        "storageAccounts Table Data Contributor", "vaults Key Vault Secrets Officer",
    ];

    private static readonly Dictionary<string, string> Roles = new(StringComparer.Ordinal)
    {
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Blob Data Owner",
        ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] = "Queue Data Contributor",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Table Data Contributor",
        ["4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0"] = "Service Bus Data Receiver",
        ["69a216fc-b8fb-44d8-bc22-1f3c2cd27a39"] = "Service Bus Data Sender",
        ["b86a8fe4-44ce-4948-aee5-eccb2c155cd7"] = "Key Vault Secrets Officer",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
        ["0ad04412-c4d5-4796-b79c-f76d14c8d402"] = "Durable Task Data Contributor",
        ["5e0bd9bd-7b93-4f28-af87-19fc36ad61bd"] = "Cognitive Services OpenAI User",
    };

    [BicepFact]
    public void Roles_OfTheApp_AreThoseThatItNeeds() => Assert.Equal(Granted, Read(Preview.Prod));

    [BicepFact]
    public void Roles_OnTheScheduler_AreOneMoreInPlaceOfAnAccount()
    {
        var roles = Read(Preview.Of("WEFT_DURABLE_BACKEND=azureManaged", "WEFT_GRANT_DEPLOYER=false"));

        Assert.Contains("schedulers Durable Task Data Contributor", roles);
        Assert.Single(roles, r => r.StartsWith("storageAccounts Blob", StringComparison.Ordinal));
    }

    [BicepFact]
    public void Deployer_InDevelopment_MaySetKeysAndSeeData()
    {
        var deployer = Preview.Dev.All("Microsoft.Authorization/roleAssignments")
            .Where(a => ((string)a.Properties["principalId"]!).Contains("deployer()", StringComparison.Ordinal))
            .Select(Role);

        Assert.Equal(
            ["Blob Data Owner", "Key Vault Secrets Officer", "Queue Data Contributor", "Service Bus Data Receiver",
                "Service Bus Data Sender", "Table Data Contributor"],
            deployer.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    private static string Role(PreviewedResource assignment) => Roles[((string)assignment.Properties["roleDefinitionId"]!).Split('/')[^1]];

    private static List<string> Read(Preview preview) =>
    [
        .. preview.All("Microsoft.Authorization/roleAssignments")
            .Select(a => $"{a.Id.Split("/providers/")[^2].Split('/')[1]} {Role(a)}")
            .Order(StringComparer.Ordinal),
    ];
}
