"""English resumes: American, British, academic, Indian; employer first or title first, dates left, right or below."""

from tests.unit.domain.parsing.fictions.fiction import Fiction

FICTIONS = (
    Fiction(
        "us-student",
        """
Nora Fielding
415-555-0111 | nora@example.edu | linkedin.com/in/nora-example | github.com/nora-example
Education
Northfield University    Georgetown, TX
Bachelor of Arts in Computer Science, Minor in Business    Aug. 2018 – May 2021
Lakeside College    Bryan, TX
Associate's in Liberal Arts    Aug. 2014 – May 2018
Experience
Undergraduate Research Assistant    June 2020 – Present
Northfield University    Georgetown, TX
• Developed a REST API
Information Technology Support Specialist    Sep. 2018 – Present
Northfield University    Georgetown, TX
• Communicate with managers
Projects
Branchly | Python, Flask, React    June 2020 – Present
• Developed a full-stack web application
Quick Chest | Spigot API, Java    May 2018 – May 2020
• Published plugin to a website
Technical Skills
Languages: Java, Python, C/C++, SQL (Postgres)
Frameworks: React, Node.js, Flask
""",
        name="Nora Fielding",
        phone="415-555-0111",
        email="nora@example.edu",
        education=(
            ("Northfield University", "Bachelor of Arts", "Computer Science", "2018-08", "2021-05"),
            ("Lakeside College", "Associate's", "Liberal Arts", "2014-08", "2018-05"),
        ),
        work=(
            ("Northfield University", "Undergraduate Research Assistant", "2020-06", "present"),
            ("Northfield University", "Information Technology Support Specialist", "2018-09", "present"),
        ),
        projects=("Branchly", "Quick Chest"),
        skills=("Java", "Python", "C/C++", "SQL (Postgres)", "React", "Node.js", "Flask"),
    ),
    Fiction(
        "us-employer-above-title",
        """
Arjun Mehta    Email : arjun@example.com
http://www.arjun.example.com    Mobile : +1-415-555-0122
Education
Sample Institute of Technology    Atlanta, GA
Master of Science in Computer Science; GPA: 4.00    Aug. 2012 – Dec. 2013
Example Institute of Science    Pilani, India
Bachelor of Engineering in Electrical Engineering; GPA: 3.66 (9.15/10.0)    Aug. 2008 – July. 2012
Experience
Google    Mountain View, CA
Software Engineer    Oct 2016 - Present
• Tensor tooling: maintains the build
Example Learning    Mountain View, CA
Senior Software Engineer    Jan 2014 - Oct 2016
• Notifications: service for sending email
Projects
• QuantKit: Open source python library for trading strategies.
• Dashboards: Rapid prototyping of charts.
Programming Skills
• Languages: Scala, Python, Javascript
• Technologies: AWS, Play, React
""",
        name="Arjun Mehta",
        phone="+1-415-555-0122",
        education=(
            ("Sample Institute of Technology", "Master of Science", "Computer Science", "2012-08", "2013-12"),
            ("Example Institute of Science", "Bachelor of Engineering", "Electrical Engineering", "2008-08", "2012-07"),
        ),
        work=(
            ("Google", "Software Engineer", "2016-10", "present"),
            ("Example Learning", "Senior Software Engineer", "2014-01", "2016-10"),
        ),
        projects=("QuantKit", "Dashboards"),
        skills=("Scala", "Python", "Javascript", "AWS", "Play", "React"),
    ),
    Fiction(
        "title-at-employer",
        """
GRACE OKAFOR
Product Manager
London, UK • grace@example.co.uk • +44 20 7946 0123
PROFILE
Product manager with eight years in payments.
EMPLOYMENT HISTORY
Senior Product Manager, Sample Payments Ltd — London
March 2019 – Present
• Launched instant refunds
Product Analyst at Example Retail Group, Leeds
September 2015 – February 2019
• Built pricing reports
EDUCATION
BSc (Hons) Mathematics, University of Exampleton, 2012 – 2015
A-Levels: Mathematics, Physics, Economics
INTERESTS
Rowing, choral singing
""",
        name="GRACE OKAFOR",
        phone="+44 20 7946 0123",
        work=(
            ("Sample Payments Ltd", "Senior Product Manager", "2019-03", "present"),
            ("Example Retail Group", "Product Analyst", "2015-09", "2019-02"),
        ),
        education=(("University of Exampleton", "BSc", "Mathematics", "2012", "2015"),),
    ),
    Fiction(
        "academic",
        """
Tomas Varga, PhD
Department of Physics, Northfield University
tomas@example.edu
Education
Northfield University, Northfield, MA
Ph.D., Physics    2010 – 2015
Lakeside University
M.Sc. in Applied Physics    2008 – 2010
Academic Positions
2018 – Present    Assistant Professor, Northfield University
2015 – 2018    Postdoctoral Researcher, Example National Laboratory
Publications
T. Varga, “Slow light in cold gases,” Journal of Samples, 2017.
Teaching
Quantum Mechanics I, Fall 2019
""",
        name="Tomas Varga",
        education=(
            ("Northfield University", "Ph.D.", "Physics", "2010", "2015"),
            ("Lakeside University", "M.Sc.", "Applied Physics", "2008", "2010"),
        ),
        work=(
            ("Northfield University", "Assistant Professor", "2018", "present"),
            ("Example National Laboratory", "Postdoctoral Researcher", "2015", "2018"),
        ),
    ),
    Fiction(
        "dates-on-the-left",
        """
Jane Lindqvist
jane@example.org
Work Experience
01/2020 – Present    Example Mobility AB, Stockholm
Data Engineer
• Built streaming pipelines
06/2017 – 12/2019    Sample Insurance Group, Malmö
Junior Data Analyst
• Automated reports
Education
09/2012 – 06/2017    Lakeside University of Technology
Master of Science, Computer Engineering
Languages
Swedish: native, English: fluent
""",
        name="Jane Lindqvist",
        work=(
            ("Example Mobility AB", "Data Engineer", "2020-01", "present"),
            ("Sample Insurance Group", "Junior Data Analyst", "2017-06", "2019-12"),
        ),
        education=(
            ("Lakeside University of Technology", "Master of Science", "Computer Engineering", "2012-09", "2017-06"),
        ),
    ),
    Fiction(
        "lone-employer-with-dash-city",
        """
Carlos Ibarra
carlos@example.com | (312) 555-0133
PROFESSIONAL EXPERIENCE
Sample Foods Inc. — Chicago, IL
Operations Manager    2018 – Present
– Cut waste by 12%
Example Logistics LLC — Gary, IN
Shift Supervisor    2014 – 2018
– Led 20 people
EDUCATION
Lakeside Community College — Chicago, IL
Associate of Applied Science, Logistics    2012 – 2014
CERTIFICATIONS
Six Sigma Green Belt, 2019
SKILLS
Forecasting, Scheduling, Excel
""",
        name="Carlos Ibarra",
        work=(
            ("Sample Foods Inc.", "Operations Manager", "2018", "present"),
            ("Example Logistics LLC", "Shift Supervisor", "2014", "2018"),
        ),
        education=(("Lakeside Community College", "Associate of Applied Science", "Logistics", "2012", "2014"),),
        skills=("Forecasting", "Scheduling", "Excel"),
        certificates=("Six Sigma Green Belt",),
    ),
    Fiction(
        "stacked-title-employer-date",
        """
PRIYA RAMAN
Bengaluru, India | priya@example.in | +91 98450 00000
SUMMARY
Backend developer.
WORK EXPERIENCE
Senior Backend Developer
Example Fintech Pvt Ltd
Apr 2021 - Present
• Scaled the ledger
Backend Developer
Sample Softworks
Jul 2018 - Mar 2021
• Wrote importers
EDUCATION
B.Tech in Information Technology
Example College of Engineering
2014 - 2018
TECHNICAL SKILLS
Python | Django | PostgreSQL | Docker
""",
        name="PRIYA RAMAN",
        phone="+91 98450 00000",
        work=(
            ("Example Fintech Pvt Ltd", "Senior Backend Developer", "2021-04", "present"),
            ("Sample Softworks", "Backend Developer", "2018-07", "2021-03"),
        ),
        education=(("Example College of Engineering", "B.Tech", "Information Technology", "2014", "2018"),),
        skills=("Python", "Django", "PostgreSQL", "Docker"),
    ),
    Fiction(
        "semester-and-seasons",
        """
Leo Hart
leo@example.edu
EDUCATION
Northfield University, B.S. Computer Science    Expected May 2025
GPA: 3.8/4.0
EXPERIENCE
Software Engineering Intern, Example Cloud    Summer 2023
• Shipped a feature
Teaching Assistant, Northfield University    Fall 2022 - Spring 2023
• Graded
PROJECTS
Marsh Mapper (2022): a mapping tool
""",
        name="Leo Hart",
        education=(("Northfield University", "B.S.", "Computer Science", None, "2025-05"),),
        work=(
            ("Example Cloud", "Software Engineering Intern", "2023", "2023"),
            ("Northfield University", "Teaching Assistant", "2022", "2023"),
        ),
        projects=("Marsh Mapper",),
    ),
)
