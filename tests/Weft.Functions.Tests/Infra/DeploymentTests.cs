using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Weft.Functions.Tests.Infra;

/// <summary>What each environment gets.</summary>
public sealed class DeploymentTests
{
    /// <summary>The names that Azure takes.</summary>
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["Microsoft.Resources/resourceGroups"] = @"^[-\w.()]{1,89}[-\w()]$",
        ["Microsoft.ManagedIdentity/userAssignedIdentities"] = @"^[a-zA-Z0-9][-\w]{2,127}$",
        ["Microsoft.Storage/storageAccounts"] = "^[a-z0-9]{3,24}$",
        ["Microsoft.KeyVault/vaults"] = "^[a-zA-Z](?!.*--)[-a-zA-Z0-9]{1,22}[a-zA-Z0-9]$",
        ["Microsoft.KeyVault/vaults/secrets"] = "^[-a-zA-Z0-9]{1,127}$",
        ["Microsoft.ServiceBus/namespaces"] = "^[a-zA-Z][-a-zA-Z0-9]{4,48}[a-zA-Z0-9]$",
        ["Microsoft.OperationalInsights/workspaces"] = "^[a-zA-Z0-9][-a-zA-Z0-9]{2,61}[a-zA-Z0-9]$",
        ["Microsoft.DurableTask/schedulers"] = "^[a-zA-Z0-9][-a-zA-Z0-9]{1,62}[a-zA-Z0-9]$",
        ["Microsoft.CognitiveServices/accounts"] = "^[a-zA-Z0-9][-a-zA-Z0-9]{1,62}[a-zA-Z0-9]$",
        ["Microsoft.Web/serverfarms"] = "^[-a-zA-Z0-9]{1,60}$",
        ["Microsoft.Web/sites"] = "^[a-zA-Z0-9][-a-zA-Z0-9]{0,58}[a-zA-Z0-9]$",
        ["Microsoft.Network/virtualNetworks"] = @"^[a-zA-Z0-9][-\w.]{0,62}\w$",
        ["Microsoft.Network/natGateways"] = @"^[a-zA-Z0-9][-\w.]{0,78}\w$",
        ["Microsoft.Network/publicIPAddresses"] = @"^[a-zA-Z0-9][-\w.]{0,78}\w$",
        ["Microsoft.Network/privateEndpoints"] = @"^[a-zA-Z0-9][-\w.]{0,62}\w$",
    };

    [BicepFact]
    public void Previews_OfAnyEnvironment_LeaveNothingOut() =>
        Assert.All([Preview.Dev, Preview.Prod, Preview.OnTheScheduler], p => Assert.Empty(p.Diagnostics));

    [BicepFact]
    public void Names_OfTheLongestEnvironment_AreTaken()
    {
        var preview = Preview.Of($"AZURE_ENV_NAME={new string('e', 40)}", "WEFT_PROFILE=prod", "WEFT_DURABLE_BACKEND=azureManaged",
            "WEFT_OPENAI_MODELS=[{\"name\":\"gpt-4o\",\"version\":\"2024-11-20\"}]", "WEFT_SECRETS={\"A_B__C\":\"s\"}");

        Assert.All(Names, name =>
        {
            Assert.NotEmpty(preview.All(name.Key));
            var taken = new Regex(name.Value, RegexOptions.None, TimeSpan.FromSeconds(1));
            Assert.All(preview.All(name.Key), r => Assert.Matches(taken, r.Name));
        });
    }

    [BicepFact]
    public void Accounts_OfProduction_HaveNoKeysAndNoPasswords()
    {
        var prod = Preview.Prod;

        Assert.All(prod.All("Microsoft.Storage/storageAccounts"), a => Assert.False((bool)a.Properties["allowSharedKeyAccess"]!));
        Assert.All(prod.All("Microsoft.Storage/storageAccounts"), a => Assert.False((bool)a.Properties["allowBlobPublicAccess"]!));
        Assert.True((bool)prod.Only("Microsoft.ServiceBus/namespaces").Properties["disableLocalAuth"]!);
        Assert.True((bool)prod.Only("Microsoft.KeyVault/vaults").Properties["enableRbacAuthorization"]!);
        Assert.True((bool)prod.Only("Microsoft.Insights/components").Properties["DisableLocalAuth"]!);
        Assert.True((bool)prod.Only("Microsoft.CognitiveServices/accounts").Properties["disableLocalAuth"]!);
        Assert.Equal(
            ["ftp", "scm"],
            prod.All("Microsoft.Web/sites/basicPublishingCredentialsPolicies").Where(p => !(bool)p.Properties["allow"]!)
                .Select(p => p.Name).Order(StringComparer.Ordinal));
    }

    [BicepFact]
    public void Zones_OfProduction_HoldPlanAndStorage()
    {
        var prod = Preview.Prod;

        Assert.True((bool)prod.Only("Microsoft.Web/serverfarms").Properties["zoneRedundant"]!);
        Assert.All(prod.All("Microsoft.Storage/storageAccounts"), a => Assert.Equal("Standard_ZRS", (string?)a.Json["sku"]!["name"]));

        // A zone-redundant plan keeps instances ready in two zones, or in none.
        Assert.Equal(2, (int)Scaling(prod)["alwaysReady"]![0]!["instanceCount"]!);
    }

    [BicepFact]
    public void Instances_OfDevelopment_ScaleToNothing()
    {
        Assert.Empty(Scaling(Preview.Dev)["alwaysReady"]!.AsArray());
        Assert.False((bool)Preview.Dev.Only("Microsoft.Web/serverfarms").Properties["zoneRedundant"]!);
    }

    [BicepFact]
    public void Runtime_OfTheApp_IsTheFrameworkThatItIsBuiltFor()
    {
        var framework = XDocument.Parse(ProjectFiles.Read("Directory.Build.props")).Descendants("TargetFramework").Single().Value;
        var runtime = Preview.Dev.Only("Microsoft.Web/sites").Properties["functionAppConfig"]!["runtime"]!;

        Assert.Equal("dotnet-isolated", (string?)runtime["name"]);
        Assert.Equal(framework, "net" + (string?)runtime["version"]);
    }

    [BicepFact]
    public void Tags_OfResources_NameTheEnvironmentAndTheService()
    {
        var prod = Preview.Prod;

        Assert.All(
            prod.Resources.Where(r => r.Json["tags"] is not null), r => Assert.Equal("prod", (string?)r.Json["tags"]!["azd-env-name"]));
        Assert.Equal("api", (string?)prod.Only("Microsoft.Web/sites").Json["tags"]!["azd-service-name"]);
        Assert.NotNull(prod.Only("Microsoft.Resources/resourceGroups").Json["tags"]!["azd-env-name"]);
    }

    [BicepFact]
    public void Queues_ThatStartWorkflows_KeepWhatExpiresAndThoseOfAnswersDoNot()
    {
        var queues = Preview.Prod.All("Microsoft.ServiceBus/namespaces/queues")
            .ToDictionary(q => q.Name, q => (bool)q.Properties["deadLetteringOnMessageExpiration"]!, StringComparer.Ordinal);

        Assert.Equal(
            new Dictionary<string, bool>(StringComparer.Ordinal)
            {
                ["weft-start"] = true, ["weft-start-sessions"] = true, ["weft-completed"] = false, ["answers"] = false,
            },
            queues);
    }

    [BicepFact]
    public void Queues_OfTheDeployment_AreThoseOfTheTemplate()
    {
        var template = JsonNode.Parse(ProjectFiles.Read("local.settings.sample.json"))!["Values"]!;

        Assert.Equal((string?)template["WEFT_START_QUEUE"], Preview.Dev.Settings["WEFT_START_QUEUE"]);
        Assert.Equal((string?)template["WEFT_SESSION_QUEUE"], Preview.Dev.Settings["WEFT_SESSION_QUEUE"]);
    }

    [BicepFact]
    public void Models_ThatAreAskedFor_AreDeployedAndCalled()
    {
        var deployment = Preview.Prod.Only("Microsoft.CognitiveServices/accounts/deployments");

        Assert.Equal("gpt-4o", deployment.Name);
        Assert.Equal("2024-11-20", (string?)deployment.Properties["model"]!["version"]);
        Assert.Contains("CognitiveServices", Preview.Prod.Settings["AZURE_OPENAI_ENDPOINT"], StringComparison.Ordinal);
        Assert.Empty(Preview.Dev.All("Microsoft.CognitiveServices/accounts"));
    }

    [BicepFact]
    public void Budget_WithoutItsFirstMonth_IsRefusedWithTheCommandThatSetsIt()
    {
        var run = Preview.Attempt("WEFT_MONTHLY_AZURE_BUDGET_USD=1000");

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("azd env set WEFT_BUDGET_START", run.Errors, StringComparison.Ordinal);
    }

    [BicepFact]
    public void Budget_WithItsFirstMonth_IsKept()
    {
        var budget = Preview.Prod.Only("Microsoft.Consumption/budgets").Properties;

        Assert.Equal("2030-01-01", (string?)budget["timePeriod"]!["startDate"]);
        Assert.Equal(1000, (int)budget["amount"]!);
        Assert.Empty(Preview.Dev.All("Microsoft.Consumption/budgets"));
    }

    private static JsonNode Scaling(Preview preview) =>
        preview.Only("Microsoft.Web/sites").Properties["functionAppConfig"]!["scaleAndConcurrency"]!;
}
