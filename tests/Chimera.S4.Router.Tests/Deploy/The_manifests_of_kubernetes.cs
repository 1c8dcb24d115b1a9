using System.Text.RegularExpressions;
using k8s;
using k8s.Models;
using Xunit;

namespace Chimera.S4.Router.Tests.Deploy;

/// <summary>infra/k8s, read strictly: a field that the API does not know is refused. No cluster has seen them.</summary>
public partial class The_manifests_of_kubernetes
{
    static readonly object[] All = [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "infra", "k8s"), "*.yaml").Where(file => !file.EndsWith("kustomization.yaml", StringComparison.Ordinal))
        .SelectMany(file => KubernetesYaml.LoadAllFromString(File.ReadAllText(file), strict: true))];

    static IEnumerable<V1Deployment> Deployments => All.OfType<V1Deployment>();

    [Fact]
    public void Are_all_applied_but_the_example_of_the_secrets()
    {
        var applied = Resource().Matches(File.ReadAllText(Path.Combine(Repository.Root, "infra", "k8s", "kustomization.yaml"))).Select(match => match.Groups[1].Value);
        Assert.Equal(["config.yaml", "namespace.yaml", "network.yaml", "rest.yaml", "router.yaml"], applied.Order());
        Assert.Equal(2, Deployments.Count());
    }

    [Fact]
    public void Run_two_of_each_and_let_a_drain_take_one()
    {
        foreach (var deployment in Deployments)
        {
            Assert.True(deployment.Spec.Replicas >= 2);
            var budget = Assert.Single(All.OfType<V1PodDisruptionBudget>(), budget => budget.Spec.Selector.MatchLabels["app"] == deployment.Spec.Selector.MatchLabels["app"]);
            Assert.Equal("1", budget.Spec.MinAvailable.Value);
            Assert.Equal("0", deployment.Spec.Strategy.RollingUpdate.MaxUnavailable.Value);
            Assert.Equal(deployment.Spec.Selector.MatchLabels, deployment.Spec.Template.Metadata.Labels);
        }
    }

    [Fact]
    public void Give_a_container_nothing_that_it_does_not_need()
    {
        foreach (var pod in Deployments.Select(deployment => deployment.Spec.Template.Spec))
        {
            Assert.True(pod.SecurityContext.RunAsNonRoot);
            Assert.False(pod.AutomountServiceAccountToken);
            foreach (var container in pod.Containers)
            {
                Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
                Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
                Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
                Assert.Contains("memory", container.Resources.Limits.Keys);
                Assert.All([container.StartupProbe, container.LivenessProbe, container.ReadinessProbe], Assert.NotNull);
            }
        }
    }

    [Fact]
    public void Set_no_variable_that_nobody_reads_and_hold_no_secret_in_the_open()
    {
        var known = Variable().Matches(File.ReadAllText(Path.Combine(Repository.Root, ".env.example"))).Select(match => match.Value).Append("PROBE_KEY").ToHashSet();
        var open = All.OfType<V1ConfigMap>().SelectMany(map => map.Data.Keys).Concat(Deployments.SelectMany(one => one.Spec.Template.Spec.Containers).SelectMany(container => container.Env.Select(variable => variable.Name))).ToArray();
        var secret = All.OfType<V1Secret>().SelectMany(one => one.StringData).ToArray();
        Assert.Subset(known, open.Concat(secret.Select(pair => pair.Key)).ToHashSet());
        Assert.DoesNotContain(open, name => SecretName().IsMatch(name));
        Assert.All(secret, pair => Assert.Contains("REPLACE", pair.Value));
    }

    [Fact]
    public void Refuse_every_connection_that_no_policy_names()
    {
        var policies = All.OfType<V1NetworkPolicy>().ToArray();
        var nothing = Assert.Single(policies, policy => policy.Metadata.Name == "nothing");
        Assert.Null(nothing.Spec.PodSelector.MatchLabels);
        Assert.Equal(["Egress", "Ingress"], nothing.Spec.PolicyTypes.Order());
        Assert.True(nothing.Spec.Ingress is null or [] && nothing.Spec.Egress is null or []);
        var rest = Assert.Single(policies, policy => policy.Metadata.Name == "s4-rest");
        Assert.Equal(["rabbitmq"], rest.Spec.Egress.SelectMany(rule => rule.To).Select(peer => peer.PodSelector.MatchLabels["app"]));
    }

    [GeneratedRegex("S4_[A-Z0-9_]+")]
    private static partial Regex Variable();

    [GeneratedRegex("SECRET|PASSWORD|_KEYS?$|^S4_RABBITMQ_URI$")]
    private static partial Regex SecretName();

    [GeneratedRegex(@"- (\w+\.yaml)")]
    private static partial Regex Resource();
}
