using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Weft.Agents.Secrets;
using Weft.Agents.Tests.Storage;
using Weft.Embedded.Secrets;
using Weft.Language;
using Weft.Language.Expressions.Values;

namespace Weft.Agents.Tests.Secrets;

public sealed class SecretSourceTests
{
    private readonly Dictionary<string, string?> _settings = [];
    private readonly MemoryRecordStore _store = new();
    private readonly LocalSecretVault _vault;

    public SecretSourceTests() => _vault = new LocalSecretVault(_store, new EphemeralDataProtectionProvider(), TimeProvider.System);

    [Theory]
    [InlineData("of-the-vault", "of-the-settings", "of-the-vault")]
    [InlineData(null, "of-the-settings", "of-the-settings")]
    [InlineData(null, null, "of-the-environment")]
    [InlineData(null, "  ", "of-the-environment")]
    public async Task Name_IsTheVaults_ThenTheSettings_ThenTheEnvironments(string? vault, string? setting, string expected)
    {
        var name = "WEFT_TEST_" + Guid.NewGuid().ToString("N");
        Environment.SetEnvironmentVariable(name, "of-the-environment");
        _settings[name] = setting;
        if (vault is not null)
        {
            await _vault.SetAsync(name, vault, CancellationToken.None);
        }

        Assert.Equal(expected, (await Source().FindAsync([name], CancellationToken.None))[name]);
    }

    [Fact]
    public async Task Entry_OfAStep_GoesBeforeTheWorkflows_AndReadsWhatLiesBelow()
    {
        _settings["TOKEN"] = "host-token";
        var workflow = new Dictionary<string, string> { ["TOKEN"] = "workflow of {{ .env.TOKEN }}", ["PLAIN"] = "plain" };
        var step = new Dictionary<string, string> { ["TOKEN"] = SecretSource.Mark("step of {{ .env.TOKEN }}") };

        Assert.Equal("workflow of host-token", (await Source().FindAsync(["TOKEN"], workflow, null, CancellationToken.None))["TOKEN"]);
        Assert.Equal(
            "step of workflow of host-token", (await Source().FindAsync(["TOKEN"], workflow, step, CancellationToken.None))["TOKEN"]);
        Assert.Equal("plain", (await Source().FindAsync(["PLAIN"], workflow, step, CancellationToken.None))["PLAIN"]);
    }

    [Fact]
    public async Task Entry_OfAStep_IsNoTemplate_ForItMayHoldData()
    {
        _settings["TOKEN"] = "host-token";
        var step = new Dictionary<string, string> { ["NOTE"] = "said {{ .env.TOKEN }}" };

        Assert.Equal("said {{ .env.TOKEN }}", (await Source().FindAsync(["NOTE"], null, step, CancellationToken.None))["NOTE"]);
    }

    [Fact]
    public async Task NameThatIsNotSet_IsTold_AsTheOneThatTheEntryReads()
    {
        var values = await Source().FindAsync(
            ["ALIAS"], new Dictionary<string, string> { ["ALIAS"] = "{{ .env.BELOW }}" }, null, CancellationToken.None);

        var exception = Assert.Throws<WeftException>(() => values.Put(SecretSource.Mark("x {{ .env.ALIAS }}")));

        Assert.Equal("secret_not_set", exception.Code);
        Assert.Contains("Set the variable BELOW", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Default_CountsWhereAnEntryReadsWhatIsNotSet()
    {
        var values = await Source().FindAsync(
            ["ALIAS"], new Dictionary<string, string> { ["ALIAS"] = "{{ .env.BELOW }}" }, null, CancellationToken.None);

        Assert.Equal("x eu", values.Put(SecretSource.Mark("x {{ .env.ALIAS | default('eu') }}")));
    }

    [Fact]
    public async Task SecretThatCannotBeOpened_IsNoReasonToGoOnWithAnother()
    {
        _settings["TOKEN"] = "of-the-settings";
        await new LocalSecretVault(_store, new EphemeralDataProtectionProvider(), TimeProvider.System).SetAsync(
            "TOKEN", "sealed otherwise", CancellationToken.None);

        var values = await Source().FindAsync(["TOKEN"], CancellationToken.None);

        Assert.Equal(
            "secret_unreadable", Assert.Throws<WeftException>(() => values.Put(SecretSource.Mark("{{ env.TOKEN | default('x') }}"))).Code);
    }

    [Fact]
    public async Task ValuesThatAnEntryReads_AreHiddenToo()
    {
        _settings["PASSWORD"] = "correct horse";
        var workflow = new Dictionary<string, string> { ["LOGIN"] = "ada:{{ .env.PASSWORD }}" };

        var hiding = (await Source().FindAsync(["LOGIN"], workflow, null, CancellationToken.None)).Hiding;

        Assert.Equal("not [env.LOGIN], nor [env.PASSWORD]", hiding.Hide("not ada:correct horse, nor correct horse"));
    }

    [Fact]
    public void Mark_OfATextThatReadsMore_IsRefused() =>
        Assert.StartsWith(
            "template_", Assert.ThrowsAny<WeftException>(() => SecretSource.Mark("{{ input.x }}")).Code, StringComparison.Ordinal);

    [Fact]
    public void Mark_OfAText_IsWhatTemplatesLeave() =>
        Assert.Equal(["A", "B"], SecretPlaceholders.Names(SecretSource.Mark("{{ .env.A }}{{- env.B -}} {{ $.env.A }}")));

    private SecretSource Source() => new(new ConfigurationBuilder().AddInMemoryCollection(_settings).Build(), [_vault]);
}
