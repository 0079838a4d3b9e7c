using Weft.Functions.CloudTests.Vault;
using Weft.Functions.Credentials;
using Weft.Language;

namespace Weft.Functions.CloudTests.Credentials;

/// <summary>What becomes of it when the vault refuses, by the real client.</summary>
public sealed class KeyVaultRefusalTests : IAsyncLifetime
{
    private const string Value = "s3cret-that-nobody-sees";

    private readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(2));
    private readonly WaitedTime _time = new();
    private LoopbackVault _vault = null!; // InitializeAsync comes first.
    private KeyVaultSecretVault _secrets = null!; // Likewise.

    private CancellationToken Deadline => _patience.Token;

    public static TheoryData<string> Operations => ["get", "set", "delete", "list"];

    public async Task InitializeAsync()
    {
        _vault = await LoopbackVault.StartAsync();
        _secrets = new KeyVaultSecretVault(_vault.Client, _time);
    }

    public async Task DisposeAsync()
    {
        await _vault.DisposeAsync();
        _patience.Dispose();
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task App_WithoutTheRole_IsToldWhichItNeeds(string operation)
    {
        Always(VaultAnswer.Error(403, "Forbidden", "The user, group or application does not have secrets get permission."));

        var refused = await Assert.ThrowsAsync<WeftException>(() => DoAsync(operation));

        Assert.Equal(("secret_unreadable", Fault.Unavailable), (refused.Code, refused.Fault));
        Assert.StartsWith("Key Vault answered 403 for the ", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith("The app's identity needs the role Key Vault Secrets Officer.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task VaultThatThrottles_IsAskedAgain_AfterTheTimeItNames()
    {
        Once(VaultAnswer.Error(429, "Throttled") with { RetryAfter = 2 });

        Assert.Null(await _secrets.GetAsync("mail", Deadline));

        var times = _vault.Requests.Select(r => r.At).ToList();
        Assert.Equal(2, times.Count);
        Assert.InRange(times[1] - times[0], TimeSpan.FromSeconds(1.9), TimeSpan.FromSeconds(60));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task VaultThatThrottlesOnAndOn_IsAFailureThatMayPass_AndTellsWhen(string operation)
    {
        Always(VaultAnswer.Error(429, "Throttled") with { RetryAfter = 0 });

        var refused = await Assert.ThrowsAsync<WeftException>(() => DoAsync(operation));

        Assert.Equal(("secret_unreadable", true, TimeSpan.Zero), (refused.Code, refused.Fault.Retryable, refused.Fault.Wait));
    }

    [Fact]
    public async Task Failure_IsNotKept()
    {
        await _secrets.SetAsync("mail", Value, Deadline);
        Always(VaultAnswer.Error(403, "Forbidden"));
        await Assert.ThrowsAsync<WeftException>(() => _secrets.GetAsync("mail", Deadline));

        _vault.Instead = null;

        Assert.Equal(Value, await _secrets.GetAsync("mail", Deadline));
    }

    [Fact]
    public async Task VaultThatIsNotReached_IsAFailureThatMayPass()
    {
        await _vault.DisposeAsync();

        var failed = await Assert.ThrowsAsync<WeftException>(() => _secrets.GetAsync("mail", Deadline));

        Assert.Equal(("secret_unreadable", Fault.Unavailable), (failed.Code, failed.Fault));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task VaultThatDoesNotFinish_IsGivenUp_AsAFailureThatMayPass(string operation)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _vault.Instead = async _ =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, Deadline);
            return null;
        };
        var pending = DoAsync(operation);
        await asked.Task.WaitAsync(Deadline);

        _time.PassAll();

        var failed = await Assert.ThrowsAsync<WeftException>(() => pending);
        Assert.Equal(("secret_unreadable", Fault.Unavailable), (failed.Code, failed.Fault));
        await _patience.CancelAsync(); // ends the server's wait
    }

    [Fact]
    public async Task Write_ThatItsCallerCancels_IsCancelled()
    {
        using var caller = new CancellationTokenSource();
        _vault.Instead = async _ =>
        {
            await caller.CancelAsync();
            return null;
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _secrets.SetAsync("mail", Value, caller.Token));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(409)]
    [InlineData(429)]
    [InlineData(500)]
    public async Task Value_ThatTheVaultRepeatsInItsRefusal_IsInNoErrorAndNoLog(int status)
    {
        using var log = new AzureLog();
        _vault.Instead = asked => Task.FromResult<VaultAnswer?>(
            VaultAnswer.Error(status, "BadParameter", $"Cannot store {asked.Body}{Value}.") with { RetryAfter = 0 });

        var refused = await Assert.ThrowsAsync<WeftException>(() => _secrets.SetAsync("mail", Value, Deadline));

        Assert.DoesNotContain(Value, refused.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(log.Lines);
        Assert.DoesNotContain(log.Lines, l => l.Contains(Value, StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, l => l.Contains(VaultCredential.Token, StringComparison.Ordinal));
    }

    private Task DoAsync(string operation) => operation switch
    {
        "get" => _secrets.GetAsync("mail", Deadline),
        "set" => _secrets.SetAsync("mail", Value, Deadline),
        "delete" => _secrets.DeleteAsync("mail", Deadline),
        _ => _secrets.ListAsync(Deadline),
    };

    private void Always(VaultAnswer answer) => _vault.Instead = _ => Task.FromResult<VaultAnswer?>(answer);

    private void Once(VaultAnswer answer)
    {
        var left = 1;
        _vault.Instead = _ => Task.FromResult(Interlocked.Decrement(ref left) >= 0 ? answer : null);
    }
}
