using Microsoft.Extensions.Configuration;
using Weft.Agents.Models.Catalog;
using Weft.Agents.Models.Providers;
using Weft.Agents.Secrets;
using Weft.Language.Definitions;

namespace Weft.Agents.Tests.Models;

public sealed class ProviderDirectoryTests
{
    private readonly Dictionary<string, string?> _settings = [];
    private readonly List<IProviderSignIn> _signIns = [];

    [Theory]
    [InlineData("gpt-4", "https://api.openai.com/v1")]
    [InlineData("claude-3-haiku", "https://api.anthropic.com/")]
    [InlineData("llama-3.1-8b-instant", "https://api.groq.com/openai/v1")]
    [InlineData("gemini-2.5-flash", "https://generativelanguage.googleapis.com/v1beta/openai")]
    public async Task Provider_WithAKeyAlone_IsReachedAtItsOwnAddress(string model, string address)
    {
        foreach (var provider in ModelCatalog.BuiltIn.Providers.Where(p => p.KeyFrom is not null))
        {
            _settings[provider.KeyFrom!] = "k-" + provider.Name;
        }

        var connection = (await ReachAsync(model)).Connection!;

        Assert.Equal((address, "k-" + connection.Provider), (connection.BaseUrl.AbsoluteUri, connection.Key));
    }

    [Theory]
    [InlineData("gpt-4", "no key for openai: set OPENAI_API_KEY")]
    [InlineData("llama3.1", "no endpoint for ollama: set OLLAMA_BASE_URL")]
    [InlineData("azure/gpt-4o", "no endpoint for azure: set AZURE_OPENAI_ENDPOINT")]
    public async Task Provider_ThatIsNotSet_SaysWhatToSet(string model, string problem) =>
        Assert.Equal(problem, (await ReachAsync(model)).Problem);

    [Theory]
    [InlineData("http://localhost:11434", "http://localhost:11434/v1")]
    [InlineData("http://localhost:11434/", "http://localhost:11434/v1")]
    [InlineData("http://localhost:11434/ollama/v1", "http://localhost:11434/ollama/v1")]
    public async Task Ollama_AtABareAddress_MeansItsV1(string setting, string address)
    {
        _settings["OLLAMA_BASE_URL"] = setting;

        Assert.Equal((address, null),
            ((await ReachAsync("llama3.1")).Connection!.BaseUrl.AbsoluteUri, (await ReachAsync("llama3.1")).Connection!.Key));
    }

    [Fact]
    public async Task Address_ThatIsNoUrl_SaysWhichSettingToCorrect()
    {
        _settings["OPENAI_API_KEY"] = "k";
        _settings["OPENAI_BASE_URL"] = "ftp://x";

        Assert.Equal("the endpoint of openai is no http(s) URL: correct OPENAI_BASE_URL", (await ReachAsync("gpt-4")).Problem);
    }

    [Theory]
    [InlineData("org-1", "org-1", null)]
    [InlineData("{{ .env.OPENAI_ORG }}", "org-env", null)]
    [InlineData("{{ .env.NOT_SET }}", null, "its organization reads a setting that is not there: set NOT_SET")]
    public async Task Organization_OfAFilesModel_GoesWithItsCalls(string written, string? organization, string? problem)
    {
        _settings["OPENAI_API_KEY"] = "k";
        _settings["OPENAI_ORG"] = "org-env";

        var reached = await OwnAsync(new ModelDefinition { Name = "m", Provider = "openai", Model = "gpt-4", Organization = written });

        Assert.Equal((organization, problem), (reached.Connection?.Organization, reached.Problem));
    }

    [Fact]
    public async Task HostsKey_IsNotSentToAnAddressThatAFileNames()
    {
        _settings["OPENAI_API_KEY"] = "sk-host";

        var model = new ModelDefinition { Name = "m", Provider = "openai", Model = "gpt-4" };

        Assert.Null((await OwnAsync(model with { BaseUrl = "https://elsewhere.example/v1" })).Connection!.Key);
        Assert.Equal("sk-host", (await OwnAsync(model with { BaseUrl = "https://api.openai.com/v1" })).Connection!.Key);
    }

    [Fact]
    public async Task KeyOfAFile_ComesFromTheEnvironment()
    {
        _settings["TEAM_KEY"] = "sk-team";
        var model = new ModelDefinition { Name = "m", Provider = "openai", Model = "gpt-4", ApiKey = "{{ .env.TEAM_KEY }}" };

        Assert.Equal("sk-team", (await OwnAsync(model)).Connection!.Key);
        Assert.Equal(
            "sk-team", (await OwnAsync(model with { ApiKey = "{{ .env.ALIAS }}" }, ("ALIAS", "{{ .env.TEAM_KEY }}"))).Connection!.Key);
        Assert.Equal("its api_key reads a setting that is not there: set OTHER",
            (await OwnAsync(model with { ApiKey = "{{ .env.OTHER }}" })).Problem);
    }

    [Fact]
    public async Task KeyInClear_IsRefusedWithoutRepeatingIt()
    {
        var problem = (await OwnAsync(
            new ModelDefinition { Name = "m", Provider = "openai", Model = "gpt-4", ApiKey = "sk-live-1234567890" })).Problem;

        Assert.Equal("its api_key is written in clear: put the key in the environment and write {{ .env.NAME }}", problem);
    }

    [Fact]
    public async Task Connection_Prints_WithoutItsKey()
    {
        _settings["OPENAI_API_KEY"] = "sk-live-1234567890";

        Assert.Equal("openai at https://api.openai.com/v1", (await ReachAsync("gpt-4")).Connection!.ToString());
    }

    [Fact]
    public async Task Azure_WithoutAKeyOnAHostWithAnIdentity_IsCalledWithItsToken()
    {
        _settings["AZURE_OPENAI_ENDPOINT"] = "https://weft.openai.azure.com/";
        _signIns.Add(new SignInStub("eyJ.token"));

        var connection = (await ReachAsync("azure/gpt-4o")).Connection!;

        Assert.Equal(("eyJ.token", true, "[env.TOKEN]"), (connection.Key, connection.SignsIn, connection.Hiding.Hide("eyJ.token")));
    }

    [Fact]
    public async Task Azure_WithAKeyOnAHostWithAnIdentity_IsCalledWithTheKey()
    {
        _settings["AZURE_OPENAI_ENDPOINT"] = "https://weft.openai.azure.com/";
        _settings["AZURE_OPENAI_API_KEY"] = "azure-key";
        _signIns.Add(new SignInStub("eyJ.token"));

        var connection = (await ReachAsync("azure/gpt-4o")).Connection!;

        Assert.Equal(("azure-key", false), (connection.Key, connection.SignsIn));
    }

    [Fact]
    public async Task TokenOfTheHost_IsNotSentToAnAddressThatAFileNames()
    {
        _settings["AZURE_OPENAI_ENDPOINT"] = "https://weft.openai.azure.com/";
        _signIns.Add(new SignInStub("eyJ.token"));
        var model = new ModelDefinition { Name = "m", Provider = "azure", Model = "gpt-4o" };

        Assert.Null((await OwnAsync(model with { BaseUrl = "https://elsewhere.example/" })).Connection!.Key);
        Assert.Equal("eyJ.token", (await OwnAsync(model with { BaseUrl = "https://weft.openai.azure.com/" })).Connection!.Key);
    }

    [Fact]
    public async Task SignIn_ThatIsRefused_SaysWhy()
    {
        _settings["AZURE_OPENAI_ENDPOINT"] = "https://weft.openai.azure.com/";
        _signIns.Add(new SignInStub(null));

        Assert.Equal("the identity got no token", (await ReachAsync("azure/gpt-4o")).Problem);
    }

    [Fact]
    public async Task Provider_ThatTheIdentityDoesNotCover_NeedsItsKey()
    {
        _signIns.Add(new SignInStub("eyJ.token"));

        Assert.Equal("no key for openai: set OPENAI_API_KEY", (await ReachAsync("gpt-4")).Problem);
    }

    private Task<Reachability> ReachAsync(string model) =>
        Directory().ReachAsync(ModelCatalog.BuiltIn.Find(model)!, new StepCatalog(ModelCatalog.BuiltIn, new Dictionary<string, string>()),
            CancellationToken.None);

    private Task<Reachability> OwnAsync(ModelDefinition model, params (string Name, string Value)[] env)
    {
        var catalog = ModelCatalog.BuiltIn.With([model]);
        var step = new StepCatalog(catalog, env.ToDictionary(e => e.Name, e => e.Value));
        return Directory().ReachAsync(catalog.Find(model.Name)!, step, CancellationToken.None);
    }

    private ProviderDirectory Directory() =>
        new(new SecretSource(new ConfigurationBuilder().AddInMemoryCollection(_settings).Build(), []), _signIns);
}
